//! Locks on envelopes (facts §3.4): who holds the token may change it, and ending the lock is a correction.

use super::call::{Call, Reply, created, envelope_of, lock_token, not_lock_owner, ok};
use super::lifecycle;
use super::problem::wrong_status;
use super::templates::{already_locked, new_lock, not_locked, with_token};
use super::wire;

pub async fn lock_info(call: Call) -> Reply {
    let id = call.param("envelopeId");
    call.account(|account, users| {
        match envelope_of(account, id)?.lock.as_ref().filter(|l| l.until > call.now) {
            // The token is shown to its owner.
            Some(l) if l.user_id == call.caller.user.user_id => ok(with_token(l, users)),
            Some(l) => ok(wire::lock_information(l, users)),
            None => Err(not_locked()),
        }
    })
}

pub async fn make_lock(call: Call) -> Reply {
    let body = call.json()?;
    let id = call.param("envelopeId");
    call.account(|account, users| {
        let e = envelope_of(account, id)?;
        if e.lock.as_ref().is_some_and(|l| l.until > call.now) {
            return Err(already_locked());
        }
        if lifecycle::is_over(e) {
            return Err(wrong_status());
        }
        let made = new_lock(&body, &call);
        let answer = with_token(&made, users);
        e.lock = Some(made);
        created(answer)
    })
}

pub async fn extend_lock(call: Call) -> Reply {
    let body = call.json()?;
    let id = call.param("envelopeId");
    let token = lock_token(&call.headers);
    call.account(|account, users| {
        let held =
            envelope_of(account, id)?.lock.as_mut().filter(|l| l.until > call.now).ok_or_else(not_locked)?;
        if token.as_deref() != Some(&held.token) {
            return Err(not_lock_owner());
        }
        let fresh = new_lock(&body, &call);
        held.seconds = fresh.seconds;
        held.until = fresh.until;
        ok(with_token(held, users))
    })
}

pub async fn end_lock(call: Call) -> Reply {
    let user = call.caller.user.name();
    let token = lock_token(&call.headers);
    let id = call.param("envelopeId").to_owned();
    let answer = call.account(|account, users| {
        let e = envelope_of(account, &id)?;
        let held = e.lock.as_ref().filter(|l| l.until > call.now).ok_or_else(not_locked)?;
        if token.as_deref() != Some(&held.token) {
            return Err(not_lock_owner());
        }
        let answer = with_token(held, users);
        Ok(answer)
    })?;
    call.change(|e| {
        let used = e.lock.take().is_some_and(|l| l.used);
        let events =
            if used && lifecycle::is_open(e) { lifecycle::corrected(e, &user, call.now) } else { vec![] };
        Ok(((), events))
    })?;
    ok(answer)
}
