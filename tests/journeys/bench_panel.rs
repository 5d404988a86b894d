//! How quickly the panel's list answers, by how many envelopes the portal has. As the other benchmarks part of the
//! journeys only when `COUNTERSIGN_BENCH` is set; `small` there tries it out with few envelopes.
//!
//! Sending a hundred thousand would take hours, so one is sent, the Worker stopped, and its row copied in the
//! object's own SQLite, with all that the object keeps beside it. That needs `python3` on the path.

use std::{
    path::Path,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use journeys::{
    card::Session,
    control::{Portal, text},
    stand::{Stand, journey, own_stack},
};
use libtest_mimic::Trial;

use crate::{after_send_panel::sent, bench::write_section};

/// Of these many envelopes in a portal, the first are on the record that is opened.
const SIZES: [(usize, usize); 3] = [(100, 100), (10_000, 100), (100_000, 100)];
/// So many on one record, in the largest portal.
const CROWDED: usize = 10_000;
const TRIES: usize = 60;
/// Opening a record may take this much longer in the largest portal than in the smallest, in milliseconds: what a busy
/// machine does to the measure. A scan of the portal would be seconds.
const SLACK: f64 = 100.0;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    if std::env::var_os("COUNTERSIGN_BENCH").is_none() {
        return Vec::new();
    }
    vec![journey(stand, "bench::the_panels_list_does_not_grow_with_the_portal", panel_list)]
}

/// Copies the newest envelope: `argv` is the folder, the record, how many it is to have, another record, and how
/// many the portal is to have.
const COPY: &str = r#"
import glob, json, sqlite3, sys
folder, record, own, other, total = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
for path in glob.glob(folder + '/**/*.sqlite', recursive=True):
    db = sqlite3.connect(path)
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if 'listed' not in tables:
        continue
    found = db.execute('SELECT * FROM envelopes WHERE record = ? ORDER BY sent_at LIMIT 1', (record,)).fetchone()
    if not found:
        continue
    columns = [row[1] for row in db.execute('PRAGMA table_info(envelopes)')]
    sample = dict(zip(columns, found))
    def add(place, start, count):
        for n in range(start, count):
            row = dict(sample)
            body = json.loads(row['body'])
            row['id'] = 'bench-%s-%d' % (place.replace(':', '-'), n)
            row['record'] = place
            row['sent_at'] = sample['sent_at'] - 60000 * (n + 1)
            body.update(id=row['id'], record=place, sent_at=row['sent_at'], subject='Agreement number %d' % n)
            row['body'] = json.dumps(body)
            marks = ','.join('?' * len(columns))
            db.execute('INSERT OR REPLACE INTO envelopes VALUES (%s)' % marks, [row[c] for c in columns])
            words = ('Agreement number %d\nann.lee@nordhavn.example' % n).lower()
            db.execute('INSERT OR REPLACE INTO listed VALUES (?, ?, 1, ?, ?, ?, ?)',
                (row['id'], place, 'sent', -row['sent_at'], -row['sent_at'], words))
        have = db.execute('SELECT count(*) FROM listed WHERE record = ?', (place,)).fetchone()[0]
        db.execute('INSERT OR REPLACE INTO records VALUES (?, ?, ?)', (place, have, sample['synced_at']))
    add(record, 1, own)
    have = db.execute('SELECT count(*) FROM envelopes').fetchone()[0]
    for at in range(0, max(0, total - have), 500):
        add('%s%d' % (other, at), 0, min(500, total - have - at))
    db.commit()
    print(db.execute('SELECT count(*) FROM envelopes').fetchone()[0])
"#;

fn fill(folder: &Path, record: &str, own: usize, total: usize) -> Result<usize> {
    let output = Command::new("python3")
        .arg("-c")
        .arg(COPY)
        .arg(folder)
        .args([record, &own.to_string(), "0-1:99", &total.to_string()])
        .output()
        .context("python3 is missing")?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    said.parse().with_context(|| format!("no portal was filled: {said}"))
}

/// Median and slowest but one of a hundred, in milliseconds.
async fn measure(session: &Session, path: &str) -> Result<(f64, f64)> {
    for _ in 0..3 {
        session.get(path).await?.ok()?;
    }
    let mut times = Vec::with_capacity(TRIES);
    for _ in 0..TRIES {
        let start = Instant::now();
        session.get(path).await?.ok()?;
        times.push(start.elapsed());
    }
    times.sort();
    let at = |share: usize| {
        times.get(TRIES * share / 100).copied().unwrap_or(Duration::ZERO).as_secs_f64() * 1000.0
    };
    Ok((at(50), at(98)))
}

async fn panel_list(stand: Arc<Stand>) -> Result<()> {
    let is_small = std::env::var("COUNTERSIGN_BENCH").is_ok_and(|value| value == "small");
    let mut stack = own_stack("bench-panel")?;
    let folder = stand.root.join("target/journeys-own/bench-panel/worker");
    let own = stand.on(&stack);
    let portal = Portal::connected(&own).await?;
    let deal = portal.deal()?;
    let session = portal.session("0-3", &deal).await?;
    sent(&portal, &session, "Mutual NDA").await?;
    let record = format!("0-3:{deal}");
    let mut lines = Vec::new();
    let mut medians = Vec::new();
    for (size, on_record) in SIZES {
        let size = if is_small { size.min(1_000) } else { size };
        stack.stop_worker();
        let count = fill(&folder, &record, on_record, size)?;
        stack.restart_worker()?;
        let page = session.get("/api/panel").await?.ok()?;
        ensure!(text(&page, "total")? == on_record.to_string(), "{}", page["total"]);
        let (median, slow) = measure(&session, "/api/panel").await?;
        medians.push(median);
        lines.push(format!("| {count} | {on_record} | opening the record | {median:.1} | {slow:.1} |"));
    }
    let crowded = if is_small { 500 } else { CROWDED };
    stack.stop_worker();
    let count = fill(&folder, &record, crowded, 0)?;
    stack.restart_worker()?;
    for (what, path) in [
        ("opening the record", "/api/panel"),
        ("searching it, found at its end", "/api/panel?q=number+7777"),
        ("searching it in vain", "/api/panel?q=nothing+like+it"),
        ("filtering it by status", "/api/panel?status=sent"),
        ("what changed last", "/api/panel?by=changed"),
    ] {
        let (median, slow) = measure(&session, path).await?;
        lines.push(format!("| {count} | {crowded} | {what} | {median:.1} | {slow:.1} |"));
    }
    let calls = portal.vendor_calls().await?.len();
    session.get("/api/panel").await?.ok()?;
    ensure!(portal.vendor_calls().await?.len() == calls, "opening a record asked a vendor");
    let section = [
        "Milliseconds from asking `GET /api/panel` to its answer, through workerd on the same machine, one request after \
         the other. Opening a record may not take longer in a large portal than in a small one.",
        "",
        "| envelopes in the portal | on the record | what | median | 98 % below |",
        "| --- | --- | --- | --- | --- |",
        &lines.join("\n"),
    ]
    .join("\n");
    if !is_small {
        write_section(&stand.root, "The panel's list", &section)?;
    }
    println!("{section}");
    let (first, last) = (medians.first().copied().unwrap_or(0.0), medians.last().copied().unwrap_or(0.0));
    ensure!(last <= first + SLACK, "opening a record takes {last:.0} ms, in a small portal {first:.0}");
    Ok(())
}
