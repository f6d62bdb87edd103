//! Work on many things at once, handed over in order, with few results waiting.

use super::panics;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Each thread's stack: deep nesting in a draft must not end the program.
const STACK: usize = 64 << 20;

/// What the threads share.
struct Desk<T> {
    next: usize,
    taken: usize,
    done: BTreeMap<usize, Result<T, String>>,
}

/// Does `work` for every index below `count` on `jobs` threads; `take` gets the results in order, here, and may end it all by `false`.
///
/// A panic in `work` becomes an `Err` in its place.
pub fn run<T: Send>(
    count: usize,
    jobs: NonZeroUsize,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, Result<T, String>) -> bool,
) -> std::io::Result<()> {
    let desk = Mutex::new(Desk { next: 0, taken: 0, done: BTreeMap::new() });
    let moved = Condvar::new();
    let jobs = jobs.get().min(count);
    let worker = || {
        let mut held = lock(&desk);
        while held.next < count {
            if held.next >= held.taken + 2 * jobs {
                held = moved.wait(held).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let index = held.next;
            held.next += 1;
            drop(held);
            let result = panics::catch(|| work(index));
            held = lock(&desk);
            held.done.insert(index, result);
            moved.notify_all();
        }
    };
    thread::scope(|scope| {
        // One thread is enough; that there are fewer than asked for is no reason to fail.
        thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker)?;
        for _ in 1..jobs {
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker);
        }
        for index in 0..count {
            let mut held = lock(&desk);
            let result = loop {
                match held.done.remove(&index) {
                    Some(result) => break result,
                    None => held = moved.wait(held).unwrap_or_else(PoisonError::into_inner),
                }
            };
            drop(held);
            let go_on = take(index, result);
            let mut held = lock(&desk);
            held.taken = index + 1;
            if !go_on {
                held.next = count;
            }
            moved.notify_all();
            if !go_on {
                break;
            }
        }
        Ok(())
    })
}

/// Does one piece of work with a thread's stack.
pub fn alone<T: Send>(work: impl Fn() -> T + Sync) -> Result<T, String> {
    let mut done = Err("nothing was done".to_owned());
    let started = run(
        1,
        NonZeroUsize::MIN,
        |_| work(),
        |_, result| {
            done = result;
            true
        },
    );
    started.map_err(|error| format!("cannot start a thread: {error}"))?;
    done
}

/// The desk; that a thread panicked while it held it does not spoil it.
fn lock<T>(desk: &Mutex<Desk<T>>) -> MutexGuard<'_, Desk<T>> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs(number: usize) -> NonZeroUsize {
        NonZeroUsize::new(number).unwrap()
    }

    #[test]
    fn results_come_in_order_and_a_panic_takes_its_place() {
        let mut taken = Vec::new();
        let work = |index: usize| {
            thread::sleep(std::time::Duration::from_micros(fastrand::u64(0..300)));
            assert!(index != 7, "seven");
            index
        };
        run(50, jobs(4), work, |index, result| {
            taken.push((index, result));
            true
        })
        .unwrap();
        assert_eq!(taken.len(), 50);
        assert!(taken.iter().enumerate().all(|(at, (index, result))| at == *index && (at == 7 || *result == Ok(at))));
        assert!(taken[7].1.as_ref().is_err_and(|message| message.starts_with("internal error")));
    }

    #[test]
    fn whoever_takes_may_end_it() {
        let begun = std::sync::atomic::AtomicUsize::new(0);
        let work = |_| begun.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        run(1000, jobs(2), work, |index, _| index < 3).unwrap();
        assert!(begun.into_inner() < 20);
    }
}
