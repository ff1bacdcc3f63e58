//! Service time on a clock that never jumps.

use std::sync::Arc;

use onboarding::{Mono, Now, ServiceTime};

use crate::ports::Clock;

/// The machine's clock, set by the service's own `Date`.
pub(crate) struct ServiceClock {
    clock: Arc<dyn Clock>,
    /// Service time at the zero of the monotonic clock; none before first contact.
    zero: Option<i64>,
}

impl ServiceClock {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, zero: None }
    }

    pub(crate) fn now(&self) -> Now {
        let mono = self.clock.mono_ms();
        let elapsed = i64::try_from(mono).unwrap_or(i64::MAX);
        let service = self.zero.map_or_else(
            || self.clock.wall_unix_ms(),
            |zero| zero.saturating_add(elapsed),
        );
        Now {
            mono: Mono(mono),
            service: ServiceTime(service),
        }
    }

    /// Takes the newest `Date`. Small jitter between answers does not move the clock.
    pub(crate) fn learn(&mut self, date: Option<entra::ServiceDate>) {
        let Some(date) = date else { return };
        let age = i64::try_from(date.read_at.elapsed().as_millis()).unwrap_or(0);
        let mono = i64::try_from(self.clock.mono_ms()).unwrap_or(0);
        let zero = date.unix_ms.saturating_add(age).saturating_sub(mono);
        let jitter_ms = 1_500;
        if self
            .zero
            .is_none_or(|known| (known - zero).abs() > jitter_ms)
        {
            self.zero = Some(zero);
        }
    }

    /// Seconds the machine's own clock is ahead of the service's.
    pub(crate) fn drift_s(&self) -> Option<i32> {
        self.zero?;
        let drift = (self.clock.wall_unix_ms() - self.now().service.0) / 1000;
        i32::try_from(drift).ok()
    }
}
