//! A real SMTP server on this machine, and hand-made ones that misbehave.
