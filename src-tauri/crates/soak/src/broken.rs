//! What a round broke, by invariant.

/// How often each promise was broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Broken {
    /// A pass in sight that is not in the record.
    pub(crate) i1: u32,
    /// A request without its intent.
    pub(crate) i2: u32,
    /// A pass that lives, and nobody looks after it.
    pub(crate) i3: u32,
    /// A stranger's pass that was removed.
    pub(crate) i4: u32,
    /// A record that lost an entry, or does not fit together.
    pub(crate) i5: u32,
    /// A station that would not start again, or never came to an end with what it had left.
    pub(crate) stuck: u32,
    /// A round that could not be held to its end: nothing is known of it.
    pub(crate) cut_off: u32,
}

impl Broken {
    pub(crate) fn add(&mut self, other: &Self) {
        self.i1 += other.i1;
        self.i2 += other.i2;
        self.i3 += other.i3;
        self.i4 += other.i4;
        self.i5 += other.i5;
        self.stuck += other.stuck;
        self.cut_off += other.cut_off;
    }

    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn by_name(&self) -> [(&'static str, u32); 7] {
        [
            ("I1", self.i1),
            ("I2", self.i2),
            ("I3", self.i3),
            ("I4", self.i4),
            ("I5", self.i5),
            ("stuck", self.stuck),
            ("cut off", self.cut_off),
        ]
    }
}
