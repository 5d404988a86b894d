//! The journeys: real workerd, real Chromium, real HTTP to the sandbox. `cargo xtask e2e [FILTER]`.
//!
//! A program of its own instead of `#[test]` functions, because what runs beside it (stack, chromedriver)
//! must also be ended.

mod after_send;
mod after_send_panel;
mod after_send_screens;
mod after_send_storms;
mod bad_connect;
mod bad_launch;
mod bad_papers;
mod bad_send;
mod bench;
mod bench_panel;
mod card_list;
mod choosing;
mod counts;
mod documents;
mod drafts;
mod papers;
mod preview;
mod records;
mod screens;
mod sdks;
mod settings;
mod settings_changes;
mod settings_connection;
mod settings_end;
mod settings_mappings;
mod settings_pages;
mod settings_sign_in;
mod settings_tenants;
mod settings_time;
mod wizard_drafts;
mod wizard_recipients;
mod wizard_templates;

use std::process::ExitCode;

use journeys::{control, stand::Running};
use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let running = match Running::start() {
        Ok(running) => running,
        Err(error) => {
            eprintln!("the stack did not start: {error:#}");
            return ExitCode::FAILURE;
        }
    };
    let stand = &running.stand;
    let mut trials = Vec::new();
    trials.extend(after_send_panel::trials(stand));
    trials.extend(after_send_screens::trials(stand));
    trials.extend(records::trials(stand));
    trials.extend(after_send::trials(stand));
    trials.extend(after_send_storms::trials(stand));
    trials.extend(counts::trials(stand));
    trials.extend(screens::trials(stand));
    trials.extend(sdks::trials(stand));
    trials.extend(preview::trials(stand));
    trials.extend(documents::trials(stand));
    trials.extend(bench::trials(stand));
    trials.extend(bench_panel::trials(stand));
    trials.extend(bad_launch::trials(stand));
    trials.extend(bad_connect::trials(stand));
    trials.extend(bad_send::trials(stand));
    trials.extend(papers::trials(stand));
    trials.extend(bad_papers::trials(stand));
    trials.extend(wizard_templates::trials(stand));
    trials.extend(wizard_recipients::trials(stand));
    trials.extend(wizard_drafts::trials(stand));
    trials.extend(card_list::trials(stand));
    trials.extend(drafts::trials(stand));
    trials.extend(choosing::trials(stand));
    trials.extend(settings_connection::trials(stand));
    trials.extend(settings_changes::trials(stand));
    trials.extend(settings_pages::trials(stand));
    trials.extend(settings::trials(stand));
    trials.extend(settings_mappings::trials(stand));
    trials.extend(settings_sign_in::trials(stand));
    trials.extend(settings_tenants::trials(stand));
    trials.extend(settings_end::trials(stand));
    trials.extend(settings_time::trials(stand));
    let conclusion = libtest_mimic::run(&arguments, trials);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let dumped =
        runtime.map_err(Into::into).and_then(|r| r.block_on(control::dump_traffic(stand, "journeys")));
    if let Err(error) = dumped {
        eprintln!("the vendor traffic could not be written down: {error:#}");
        return ExitCode::FAILURE;
    }
    conclusion.exit_code()
}
