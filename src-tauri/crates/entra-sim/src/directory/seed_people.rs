//! Who is in the built-in directory. All are invented.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use super::Case;
use super::roles::Role;

/// A person who comes to the counter.
pub(super) struct Visitor {
    pub(super) upn: &'static str,
    pub(super) shown: &'static str,
    /// Before the @ of the mail address, which is never the sign-in name.
    pub(super) mail: &'static str,
    pub(super) department: &'static str,
    pub(super) title: &'static str,
    pub(super) case: Case,
}

/// Everybody who comes to the counter, plain ones first.
pub(super) fn visitors() -> impl Iterator<Item = Visitor> {
    VISITORS.lines().filter_map(visitor)
}

fn visitor(line: &'static str) -> Option<Visitor> {
    let mut columns = line.split('|');
    let mut column = || columns.next();
    let (upn, shown, mail) = (column()?, column()?, column()?);
    let (department, title, case) = (column()?, column()?, column()?);
    let case: StrDeserializer<'_, Error> = case.into_deserializer();
    Some(Visitor {
        upn,
        shown,
        mail,
        department,
        title,
        case: Case::deserialize(case).ok()?,
    })
}

/// Sign-in name, shown name, name before the @ of the mail address, department, title, case.
const VISITORS: &str = "\
fctv-user@cablechan.biz|見本 花子|hanako.mihon|総務部|主任|plain
t.yamada@cablechan.biz|山田 太郎|taro.yamada|営業部|課長|plain
k.yamada@cablechan.biz|山田 健一|kenichi.yamada|技術部||plain
y.sasaki@cablechan.biz|佐々木 優子|yuko.sasaki|放送制作部|ディレクター|plain
h.maeda@cablechan.biz|前田 浩|hiroshi.maeda|技術部|係長|plain
m.kobayashi@cablechan.biz|小林 美咲|misaki.kobayashi|お客様サポート課||plain
s.watanabe@cablechan.biz|渡邊 翔|sho.watanabe|営業部||plain
a.takahashi@cablechan.biz|髙橋 彩|aya.takahashi|経理部|主任|plain
s.o'neil@cablechan.biz|O'Neil Sean|sean.oneil|国際事業室||plain
r.yoshida@cablechan.biz|吉田 玲奈|rena.yoshida|放送制作部||plain
fctv-partner@cable.fukui.jp|取引 一郎|ichiro.torihiki|協力会社|現場責任者|partner
k.ueda@cable.fukui.jp|上田 香織|kaori.ueda|協力会社||partner
t.sakai@cable.fukui.jp|酒井 武|takeshi.sakai|協力会社||partner
n.shimizu@cablechan.biz|清水 直樹|naoki.shimizu|営業部||disabled
aoki_kensetsu.example#EXT#@cablechan.onmicrosoft.com|青木 誠|aoki|||guest_external
visitor.ito@cablechan.biz|伊藤 さくら|sakura.ito|研修生||guest_internal
j.nakamura@cablechan.biz|中村 純|jun.nakamura|システム室|室長|protected
k.kimura@cablechan.biz|木村 和也|kazuya.kimura|システム室||protected
t.inoue@cablechan.biz|井上 拓也|takuya.inoue|技術部||has_push
m.matsumoto@cablechan.biz|松本 真由美|mayumi.matsumoto|総務部||has_phone_sign_in
d.hayashi@cablechan.biz|林 大輔|daisuke.hayashi|営業部||has_pass
e.saito@cablechan.biz|斎藤 恵美|emi.saito|経理部||synced
g.mori@cablechan.biz|森 豪|go.mori|役員室||out_of_scope
c.ogawa@cablechan.biz|小川 千尋|chihiro.ogawa|総務部||has_passkey
k.hara@cablechan.biz|原 健太|kenta.hara|技術部||old_entries
a.nishida@cablechan.biz|西田 葵|aoi.nishida|営業部||every_method
t.ono@cablechan.biz|小野 徹|toru.ono|技術部||five_authenticators
m.sugiura@cablechan.biz|杉浦 恵|megumi.sugiura|総務部||device_quota
r.kato@cablechan.biz|加藤 亮|ryo.kato|システム室||protected_by_group_role
y.noda@cablechan.biz|野田 由美|yumi.noda|システム室||protected_eligible
s.aida@cablechan.biz|相田 修平|shuhei.aida|役員室||restricted
h.kondo@cablechan.biz|近藤 春香|haruka.kondo|経理部||write_back_fails
";

/// Those who sit at the counter; the first may issue and is the one to demonstrate with.
pub(super) const OPERATORS: &[(&str, &str, &str, &[Role])] = &[
    (
        "desk.fujita",
        "藤田 智子",
        "tomoko.fujita",
        &[Role::AuthenticationAdministrator],
    ),
    (
        "desk.okada",
        "岡田 修",
        "osamu.okada",
        &[Role::PrivilegedAuthenticationAdministrator],
    ),
    ("desk.goto", "後藤 未来", "miku.goto", &[]),
    (
        "desk.hasegawa",
        "長谷川 進",
        "susumu.hasegawa",
        &[Role::HelpdeskAdministrator],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_person() {
        assert_eq!(visitors().count(), VISITORS.lines().count());
    }
}
