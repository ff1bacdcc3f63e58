//! Lists that can be searched, filtered, ordered and paged.

use serde_json::{Map, Value};

use crate::graph::error::ODataError;
use crate::graph::odata::{kept, selected};
use crate::graph::{GraphCall, GraphReply, filter, search};

/// What a list allows.
pub(crate) struct Listing<'a> {
    pub(crate) path: &'a str,
    /// After `$metadata#`.
    pub(crate) context: &'a str,
    pub(crate) type_name: &'a str,
    /// Properties given without a selection; all when empty.
    pub(crate) default: &'a [&'a str],
    pub(crate) filtered: &'a [&'a str],
    pub(crate) searched: &'a [&'a str],
    pub(crate) sorted: &'a [&'a str],
    /// Some conditions need `ConsistencyLevel: eventual` and `$count=true`, as the directory's do.
    pub(crate) advanced: bool,
    /// What a page holds when nothing is asked for.
    pub(crate) page: usize,
}

impl Listing<'_> {
    /// The part of `objects` that is asked for, as an answer.
    pub(crate) fn of(
        &self,
        call: &GraphCall<'_>,
        objects: impl Iterator<Item = Map<String, Value>>,
    ) -> Result<GraphReply, ODataError> {
        let query = &call.query;
        let objects = self.ordered(call, objects)?;
        let select = query.select.as_deref();
        let all: Result<Vec<Value>, ODataError> = objects
            .into_iter()
            .map(|object| selected(object, select, self.default, self.type_name).map(Value::Object))
            .collect();
        let answer = query.page_of(self.page, &call.root, self.path, self.context, all?);
        Ok(GraphReply::Ok(answer))
    }

    /// The same where objects are of several types: a property one of them lacks is no mistake.
    pub(crate) fn mixed(
        &self,
        call: &GraphCall<'_>,
        objects: impl Iterator<Item = Map<String, Value>>,
    ) -> Result<GraphReply, ODataError> {
        let query = &call.query;
        let select = query.select.as_deref();
        let objects = self.ordered(call, objects)?.into_iter();
        let all = objects.map(|object| Value::Object(kept(object, select, self.type_name)));
        let answer = query.page_of(
            self.page,
            &call.root,
            self.path,
            self.context,
            all.collect(),
        );
        Ok(GraphReply::Ok(answer))
    }

    /// How many are asked for, as plain text.
    pub(crate) fn counted(
        &self,
        call: &GraphCall<'_>,
        objects: impl Iterator<Item = Map<String, Value>>,
    ) -> Result<GraphReply, ODataError> {
        if !call.query.eventual {
            return Err(ODataError::no_count());
        }
        let fitting = self.matching(call, objects)?.len().to_string();
        Ok(GraphReply::Bytes("text/plain", fitting.into()))
    }

    fn ordered(
        &self,
        call: &GraphCall<'_>,
        objects: impl Iterator<Item = Map<String, Value>>,
    ) -> Result<Vec<Map<String, Value>>, ODataError> {
        let query = &call.query;
        let mut objects = self.matching(call, objects)?;
        let both = query.filter.is_some() && query.order_by.is_some();
        if self.advanced && both && !(query.eventual && query.count) {
            let message = "Sorting not supported for current query.";
            return Err(ODataError::unsupported_query(message));
        }
        if let Some(order) = &query.order_by {
            self.sort(&mut objects, order)?;
        }
        Ok(objects)
    }

    /// Those that `$search` and `$filter` leave.
    pub(crate) fn matching(
        &self,
        call: &GraphCall<'_>,
        objects: impl Iterator<Item = Map<String, Value>>,
    ) -> Result<Vec<Map<String, Value>>, ODataError> {
        let query = &call.query;
        let mut conditions = Vec::new();
        if let Some(text) = &query.search {
            if !query.eventual {
                let message = "Request with $search query parameter only works through MSGraph with a special request header: \
                               'ConsistencyLevel: eventual'";
                return Err(ODataError::unsupported_query(message));
            }
            conditions.push(search::search(text, self.searched)?);
        }
        if let Some(text) = &query.filter {
            let condition = filter::filter(text, self.filtered, self.type_name)?;
            let counted = query.count || self.path.ends_with("/$count");
            if self.advanced && condition.is_advanced() && !(query.eventual && counted) {
                let message =
                    "Unsupported or invalid query filter clause specified for this request.";
                return Err(ODataError::unsupported_query(message));
            }
            conditions.push(condition);
        }
        // A fault that shows other people shows them whatever was asked for.
        let fits = |object: &Map<String, Value>| {
            call.other_user || conditions.iter().all(|condition| condition.holds(object))
        };
        Ok(objects.filter(fits).collect())
    }

    fn sort(&self, objects: &mut [Map<String, Value>], order: &str) -> Result<(), ODataError> {
        let (property, direction) = order.trim().split_once(' ').unwrap_or((order, "asc"));
        if !self.sorted.contains(&property) {
            return Err(ODataError::unsupported_query(format!(
                "Sorting not supported for property '{property}'."
            )));
        }
        let key = |object: &Map<String, Value>| {
            object
                .get(property)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        objects.sort_by_key(key);
        if direction.trim() == "desc" {
            objects.reverse();
        }
        Ok(())
    }
}
