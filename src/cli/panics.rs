//! Faults of the program itself: caught, told in one line, never a trace on the user's screen.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

thread_local! {
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// From now on a panic prints nothing; [`catch`] tells of it.
pub fn keep_quiet() {
    set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let text = info.payload().downcast_ref::<String>().map(String::as_str);
        let what = text.or_else(|| info.payload().downcast_ref::<&str>().copied()).unwrap_or("unknown");
        let place = info.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
        LAST.with_borrow_mut(|last| *last = format!("{what}{place}"));
    }));
}

/// Does something that may panic; what went wrong then, in words for the user.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let what = LAST.with_borrow_mut(std::mem::take);
        format!("internal error: {what}; please report this, with the draft if you can")
    })
}
