package io.tenantry.admin.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.testing.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each invariant detects the damage it is meant for and no other; intact data yields no findings. */
@Tag("full")
class InvariantTest {
    private static final String OPTION_PRICE = """
            insert into addon_price (id, kind, version, currency, monthly, valid_from, published_at, published_by)
            values ('00000000-0000-0000-0000-0000000000a1', 'VOLUME', 1, 'USD', 0.1, now(), now(), 'test')
            """;

    private static final String OPTION_VERSION = """
            insert into price_version (id, addon_price_id, quantity, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                       published_at, published_by)
            values ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-0000000000a1', 11, 1, 'USD', 1.1,
                    round(1.1 / 730, 8), 0, now(), now(), 'test')
            """;

    /** The last two values are the creation and end instants. */
    private static final String OPTION = """
            insert into addon (id, service_id, organization_id, wallet_id, kind, name, state, quantity, price_version_id, account,
                                        provider_region, ordered_at, activated_at, ended_at)
            values ('00000000-0000-0000-0000-0000000000a3', '${service}', gen_random_uuid(), '${wallet}', 'VOLUME', 'data', 'ORDERED',
                    11, '00000000-0000-0000-0000-0000000000a2', 'a', 'r', now() - interval '2 hours', null, null)
            """;

    private static final String GIFT = """
            insert into addon_discrepancy (id, account, addon_kind, kind, provider_ref, resource_tag, addon_id, service_id, name, expected_gib, seen_gib,
                                        first_seen_at, last_seen_at, since, confirmed_at, state, resolved_at, resolution, credited)
            values ('00000000-0000-0000-0000-0000000000a4', 'a', 'VOLUME', 'MISSING', 'disk-1',
                    'svc-00000000-0000-0000-0000-0000000000a3', '00000000-0000-0000-0000-0000000000a3', '${service}', 'data', 11, 0,
                    now(), now(), now(), now(), 'RESOLVED', now(), 'ENDED', 0.01)
            """;

    private static Fixture fixture;

    @BeforeAll
    static void openLedger() {
        fixture = new Fixture("audited");
    }

    @Test
    void findsNothingInCorrectBooks() {
        assertThat(found()).isEmpty();
    }

    @Test
    void describesEachInvariantInOneSentence() {
        assertThat(AuditorFixture.auditor().invariants())
                .hasSize(65)
                .allSatisfy(one -> assertThat(one.explanation()).endsWith("."))
                .extracting(Invariant::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void entryBalances() {
        only("entry-balances", """
                update posting set amount = amount + 1
                 where account_id = (select id from ledger_account where kind = 'CASH')
                   and entry_id = (select min(entry_id) from posting)
                """);
    }

    @Test
    void entryHasTwoPostings() {
        only("entry-has-two-postings", """
                insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
                select 'CREDIT', 'x', 'x', effective_at, posted_at, 'x', 'x' from journal_entry order by id limit 1
                """);
    }

    @Test
    void postingHasEntryAndAccount() {
        only("posting-has-entry-and-account", """
                update posting set account_id = gen_random_uuid()
                 where account_id = (select id from ledger_account where kind = 'REVENUE')
                   and entry_id = (select max(entry_id) from posting)
                """);
    }

    @Test
    void idempotencyKeyUnique() {
        only("idempotency-key-unique", "alter table journal_entry drop constraint journal_entry_key_uq", """
                update journal_entry set idempotency_key = (select min(idempotency_key) from journal_entry)
                 where id = (select max(id) from journal_entry where kind = 'CHARGE')
                """);
    }

    @Test
    void walletHasAccount() {
        var wallet = UUID.randomUUID();
        only(
                "wallet-has-account",
                wallet,
                "insert into wallet (id, organization_id, currency, opened_at) values ('" + wallet
                        + "', gen_random_uuid(), 'USD', now())");
        only(
                "wallet-has-account",
                "insert into ledger_account (id, kind, currency, opened_at) values (gen_random_uuid(), 'WALLET', 'USD', now())");
    }

    @Test
    void walletBalance() {
        ofPlain("wallet-balance", "update wallet set balance = balance - 0.00000001 where id = '${wallet}'");
    }

    @Test
    void walletVersion() {
        ofPlain("wallet-version", "update wallet set version = version - 1 where id = '${wallet}'");
    }

    @Test
    void walletHourlyCost() {
        ofPlain("wallet-hourly-cost", "update wallet set hourly_cost = hourly_cost + 1 where id = '${wallet}'");
    }

    @Test
    void runningBalance() {
        ofPlain("running-balance", """
                update posting set balance_after = balance_after + 1
                 where account_id = '${wallet}' and entry_id = (select max(entry_id) from posting where account_id = '${wallet}')
                """);
        ofPlain("running-balance", "update posting set balance_after = null where account_id = '${wallet}'");
    }

    @Test
    void walletBalanceStatus() {
        of(fixture.overdrawn, "wallet-balance-status", "update wallet set balance_status = 2 where id = '${wallet}'");
        of(fixture.overdrawn, "wallet-balance-status", "update wallet set balance_status = 0 where id = '${wallet}'");
    }

    @Test
    void thresholdIsNotified() {
        of(
                fixture.overdrawn,
                "threshold-notified",
                "delete from wallet_event where wallet_id = '${wallet}' and kind = 'OVER_LIMIT'");
        of(fixture.overdrawn, "threshold-notified", """
                insert into wallet_event (wallet_id, kind, balance, hourly_cost, at)
                values ('${wallet}', 'RECOVERED', 0, 0, now())
                """);
    }

    @Test
    void reservationOfService() {
        ofWaiting(
                "reservation-of-service",
                "update wallet_reservation set service_id = gen_random_uuid() where service_id = '${service}'");
        ofWaiting("reservation-of-service", "update service set wallet_id = gen_random_uuid() where id = '${service}'");
        ofWaiting("reservation-of-service", "update service set state = 'FAILED' where id = '${service}'");
        ofWaiting(
                "reservation-of-service",
                "update wallet_reservation set state = 'CAPTURED', ended_at = until where service_id = '${service}'");
        assertThat(found(with(fixture.waiting, "drop index wallet_reservation_service_uq", """
                        insert into wallet_reservation (id, wallet_id, service_id, amount, reserved_at, until)
                        select gen_random_uuid(), wallet_id, service_id, amount, reserved_at, until
                          from wallet_reservation where service_id = '${service}'
                        """)))
                .extracting(Violation::invariant)
                .containsExactly("reservation-of-service", "reservation-of-service");
    }

    @Test
    void reservationEnds() {
        ofWaiting(
                "reservation-ends",
                "alter table wallet_reservation drop constraint wallet_reservation_amount_ck",
                "update wallet_reservation set amount = 0 where service_id = '${service}'");
        ofWaiting(
                "reservation-ends",
                "alter table wallet_reservation drop constraint wallet_reservation_until_ck",
                "update wallet_reservation set until = reserved_at where service_id = '${service}'");
        ofWaiting(
                "reservation-ends",
                "alter table wallet_reservation drop constraint wallet_reservation_ended_ck",
                "update wallet_reservation set ended_at = until where service_id = '${service}'");
    }

    @Test
    void transitionHasWork() {
        only("transition-has-work", with(fixture.waiting, """
                update service set account = 'sandbox', provider_region = 'fra1', provider_size = 's', provider_image = 'i'
                 where id = '${service}'
                """));
        only("transition-has-work", with(fixture.ended, """
                update service
                   set state = 'TERMINATING', account = 'sandbox', provider_region = 'fra1', provider_size = 's', provider_image = 'i'
                 where id = '${service}'
                """));
        only("transition-has-work", with(fixture.plain, """
                update service
                   set pending_power = 'STOP', account = 'sandbox', provider_region = 'fra1', provider_size = 's', provider_image = 'i'
                 where id = '${service}'
                """));
        only("transition-has-work", with(fixture.plain, """
                update service
                   set state = 'SUSPENDED', pending_power = 'STOP', account = 'sandbox', provider_region = 'fra1',
                       provider_size = 's', provider_image = 'i'
                 where id = '${service}'
                """));
    }

    @Test
    void pendingOperationOfService() {
        var provider = "account = 'sandbox', provider_region = 'fra1', provider_size = 's', provider_image = 'i'";
        assertThat(found(with(
                        fixture.plain,
                        "update service set pending_operation = 'REBUILD', " + provider + " where id = '${service}'")))
                .extracting(Violation::invariant)
                .containsExactlyInAnyOrder("pending-operation", "transition-has-work");
        only("pending-operation", with(fixture.plain, """
                insert into service_operation (id, service_id, kind, provider_image, image, key_names, keys)
                values (gen_random_uuid(), '${service}', 'REBUILD', 'i', 'I', '{}', '{}')
                """));
        assertThat(found(with(fixture.plain, pendingOperation("s.price_version_id", provider))))
                .as("one that is as it should be")
                .isEmpty();
        only(
                "pending-operation",
                with(
                        fixture.plain,
                        pendingOperation(
                                "(select id from price_version where plan_id <> s.plan_id limit 1)", provider)));
    }

    /** A resize to another size is requested, with a work item for it, as the service's own plan at that price. */
    private static String[] pendingOperation(String price, String provider) {
        return new String[] {
            "update service set pending_operation = 'RESIZE', " + provider + " where id = '${service}'",
            """
            insert into service_operation (id, service_id, kind, plan_id, price_version_id, provider_size)
            select gen_random_uuid(), s.id, 'RESIZE', s.plan_id, ${price}, 'big' from service s where s.id = '${service}'
            """.replace("${price}", price),
            """
            insert into work.work_item (tenant, tenant_role, kind, key, subject)
            select replace(substr(current_schema(), 3), '_', '-'), 'tn_' || substr(current_schema(), 3), 'resize', 'k', '${service}'
            """
        };
    }

    @Test
    void addonHasWork() {
        only("addon-has-work", with(fixture.plain, OPTION_PRICE, OPTION_VERSION, OPTION));
    }

    @Test
    void addonPriceMatchesTerms() {
        var failed = OPTION.replace("null, null", "null, now()").replace("ORDERED", "FAILED");
        assertThat(found(with(fixture.plain, OPTION_PRICE, OPTION_VERSION, failed)))
                .isEmpty();
        ofPlain("addon-price", OPTION_PRICE, OPTION_VERSION, failed.replace("11, ", "12, "));
        ofPlain("addon-price", OPTION_PRICE.replace("VOLUME", "BACKUP"), OPTION_VERSION, failed);
        ofPlain("addon-price", OPTION_PRICE.replace("VOLUME", "SNAPSHOT"), OPTION_VERSION, failed);
        ofPlain("addon-price", OPTION_PRICE.replace("0.1,", "0.2,"), OPTION_VERSION, failed);
        ofPlain("addon-price", failed);
    }

    @Test
    void backupsHaveThePriceOfTheirPolicy() {
        assertThat(found(with(fixture.plain, copied("DAILY")))).isEmpty();
        ofPlain("addon-price", copied("WEEKLY"));
    }

    /** Backups that were never made, with this policy, at the price of daily ones. */
    private static String[] copied(String policy) {
        return new String[] {
            OPTION_PRICE.replace("kind, version", "kind, policy, version").replace("'VOLUME'", "'BACKUP', 'DAILY'"),
            OPTION_VERSION.replace("11, 1, 'USD', 1.1", "1, 1, 'USD', 0.1").replace("1.1 / 730", "0.1 / 730"),
            OPTION.replace("null, null", "null, now()")
                    .replace("ORDERED", "FAILED")
                    .replace("'VOLUME'", "'BACKUP'")
                    .replace("11, '", "1, '")
                    .replace("provider_region,", "provider_region, policy,")
                    .replace("'r', ", "'r', '" + policy + "', ")
        };
    }

    /** A snapshot without a rated period is also found by the invariants that check every add-on. */
    @Test
    void snapshotHasServer() {
        var active = OPTION.replace("null, null", "now(), null").replace("ORDERED", "ACTIVE");
        assertThat(snapshots(active, "WITH_BACKUPS"))
                .containsExactlyInAnyOrder("addon-has-server", "open-period-of-running-service", "hours-charged");
        assertThat(snapshots(active, "WITH_SERVER"))
                .containsExactlyInAnyOrder("open-period-of-running-service", "hours-charged");
        var ended = "update service set state = 'TERMINATED', ended_at = now() where id = '${service}'";
        assertThat(snapshots(active, "WITH_SERVER", ended)).contains("addon-has-server");
        assertThat(snapshots(active, "STANDALONE", ended)).doesNotContain("addon-has-server");
    }

    @Test
    void addonOfInactiveServerIsFound() {
        var active = OPTION.replace("null, null", "now(), null").replace("ORDERED", "ACTIVE");
        for (var state : List.of("ORDERED", "PROVISIONING", "UNKNOWN", "FAILED")) {
            var damage = with(fixture.plain, OPTION_PRICE, OPTION_VERSION, active);
            assertThat(found(with(
                            damage,
                            with(fixture.plain, "update service set state = '" + state + "' where id = '${service}'"))))
                    .extracting(Violation::invariant)
                    .contains("addon-has-server");
            assertThat(found(damage)).extracting(Violation::invariant).doesNotContain("addon-has-server");
        }
    }

    private static List<String> snapshots(String option, String retention, String... more) {
        var damage = with(
                fixture.plain,
                OPTION_PRICE.replace("VOLUME", "SNAPSHOT"),
                OPTION_VERSION,
                option.replace("'VOLUME'", "'SNAPSHOT'")
                        .replace("provider_region,", "provider_region, retention,")
                        .replace("'r', ", "'r', '" + retention + "', "));
        return found(with(damage, with(fixture.plain, more))).stream()
                .map(Violation::invariant)
                .toList();
    }

    @Test
    void additionalAddressHasServer() {
        assertThat(addressed()).containsExactlyInAnyOrder("open-period-of-running-service", "hours-charged");
        assertThat(addressed("update service set state = 'TERMINATED', ended_at = now() where id = '${service}'"))
                .contains("addon-has-server");
    }

    private static List<String> addressed(String... more) {
        var damage = with(
                fixture.plain,
                OPTION_PRICE.replace("VOLUME", "ADDRESS"),
                OPTION_VERSION.replace("11, 1, 'USD', 1.1", "1, 1, 'USD', 0.1").replace("1.1 / 730", "0.1 / 730"),
                OPTION.replace("null, null", "now(), null")
                        .replace("ORDERED", "ACTIVE")
                        .replace("'VOLUME'", "'ADDRESS'")
                        .replace("11, '", "1, '")
                        .replace("provider_region,", "provider_region, provider_ref,")
                        .replace("'r', ", "'r', '203.0.113.9', "));
        return found(with(damage, with(fixture.plain, more))).stream()
                .map(Violation::invariant)
                .toList();
    }

    @Test
    void addonsObeyTheInvariantsOfServices() {
        var active = OPTION.replace("null, null", "now(), null").replace("ORDERED", "ACTIVE");
        assertThat(found(with(fixture.plain, OPTION_PRICE, OPTION_VERSION, active)))
                .extracting(Violation::invariant)
                .containsExactlyInAnyOrder("open-period-of-running-service", "hours-charged");
        var ended =
                OPTION.replace("null, null", "now() - interval '1 hour', now()").replace("ORDERED", "TERMINATED");
        ofPlain("hours-of-ended-service", OPTION_PRICE, OPTION_VERSION, ended);
        var failed = OPTION.replace("null, null", "null, now()").replace("ORDERED", "FAILED");
        ofPlain("reservation-of-service", OPTION_PRICE, OPTION_VERSION, failed, """
                insert into wallet_reservation (id, wallet_id, service_id, amount, reserved_at, until)
                values (gen_random_uuid(), '${wallet}', '00000000-0000-0000-0000-0000000000a3', 1, now(), now() + interval '1 hour')
                """);
    }

    @Test
    void oneOpenPeriod() {
        ofPlain(
                "one-open-period",
                "drop index rated_period_open_uq",
                """
                insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                                          month_ends_at, charged_until, month_cap, cap)
                select service_id, wallet_id, price_version_id, currency, hourly, charged_until, month_ends_at,
                       charged_until, month_cap, cap - amount
                  from rated_period
                 where service_id = '${service}'
                """,
                "update wallet set hourly_cost = hourly_cost * 2 where id = '${wallet}'");
    }

    @Test
    void openPeriodOfRunningService() {
        ofPlain(
                "open-period-of-running-service",
                "update rated_period set open = false where service_id = '${service}'",
                "update wallet set hourly_cost = 0 where id = '${wallet}'");
        ofPlain("open-period-of-running-service", "update service set state = 'FAILED' where id = '${service}'");
    }

    @Test
    void periodOfService() {
        ofPlain("period-of-service", "update service set price_version_id = gen_random_uuid() where id = '${service}'");
        ofPlain("period-of-service", "update service set wallet_id = gen_random_uuid() where id = '${service}'");
    }

    @Test
    void periodsContiguous() {
        ofPlain("periods-contiguous", """
                update rated_period
                   set starts_at = starts_at - interval '1 hour', charged_until = charged_until - interval '1 hour'
                 where service_id = '${service}'
                """);
        of(fixture.changed, "periods-contiguous", """
                update rated_period
                   set starts_at = starts_at + interval '1 hour', charged_until = charged_until + interval '1 hour'
                 where service_id = '${service}' and open
                """);
    }

    @Test
    void hoursOfEnded() {
        of(
                fixture.ended,
                "hours-of-ended-service",
                "update service set ended_at = ended_at + interval '2 hours' where id = '${service}'");
    }

    @Test
    void pausedHours() {
        of(
                fixture.paused,
                "paused-hours",
                "alter table charge_pause disable trigger charge_pause_guarded",
                "update charge_pause set paused_at = paused_at + interval '3 hours' where service_id = '${service}' and resumed_at is null");
    }

    @Test
    void hoursCharged() {
        assertThat(found("update work.charging_run set state = 'DONE' where tenant = 'audited' and state = 'OPEN'"))
                .extracting(Violation::invariant)
                .hasSize(5)
                .containsOnly("hours-charged");
    }

    @Test
    void hoursOfParkedWalletsMayBeLate() {
        assertThat(found(
                        "update work.charging_run set state = 'DONE' where tenant = 'audited' and state = 'OPEN'",
                        "update wallet set parked = 'wallet-balance'"))
                .isEmpty();
    }

    @Test
    void hoursAreNotChargedEarly() {
        of(fixture.free, "hours-not-early", """
                update rated_period set hours = hours + 1, charged_until = charged_until + interval '1 hour'
                 where service_id = '${service}'
                """);
    }

    @Test
    void periodAmount() {
        ofPlain("period-amount", "alter table rated_period drop constraint rated_period_watermark_ck", """
                update rated_period set charged_until = charged_until + interval '1 hour'
                 where service_id = '${service}'
                """);
    }

    @Test
    void periodRate() {
        ofPlain("period-rate", """
                update price_version set currency = 'EUR'
                 where id = (select price_version_id from service where id = '${service}')
                """);
    }

    @Test
    void periodMonth() {
        ofPlain(
                "period-month",
                "update rated_period set month_ends_at = month_ends_at + interval '1 day' where service_id = '${service}'");
        ofPlain(
                "period-month",
                "update rated_period set month_ends_at = '2027-01-01T00:00+01:00' where service_id = '${service}'");
    }

    @Test
    void periodTerms() {
        ofPlain("period-cap", "update rated_period set cap = cap + 1 where service_id = '${service}'");
        of(
                fixture.changed,
                "period-cap",
                "update rated_period set month_cap = month_cap + 1 where service_id = '${service}' and open");
    }

    /** A cap is stored twice, as the price and in the terms of the periods, so that one alone cannot be broken. */
    @Test
    void monthCap() {
        assertThat(found(with(fixture.plain, "alter table price_version drop constraint price_version_hourly_ck", """
                        update price_version set monthly = 0.05
                         where id = (select price_version_id from service where id = '${service}')
                        """)))
                .extracting(Violation::invariant)
                .containsExactlyInAnyOrder("month-cap", "period-rate", "period-cap");
    }

    @Test
    void chargesMatchPeriods() {
        ofPlain("charges-match-periods", """
                update journal_entry set kind = 'DEBIT', reason = 'disguised'
                 where idempotency_key like 'service:${service}:activated%'
                """);
    }

    @Test
    void outageCredit() {
        ofPlain("outage-credit", """
                update journal_entry set source = 'discrepancy:' || gen_random_uuid()
                 where id = (select e.id from journal_entry e join posting p on p.entry_id = e.id
                              where p.account_id = '${wallet}' and e.kind = 'CREDIT')
                """);
        ofPlain("outage-credit", """
                insert into server_discrepancy (id, account, kind, provider_ref, resource_tag, service_id, name, expected, seen, first_seen_at,
                                     last_seen_at, since, seen_until, confirmed_at, credited, credit_count)
                values (gen_random_uuid(), 'a', 'MISSING', '1', 'svc-${service}', '${service}', '', '', '', now(), now(), now(), now(),
                        now(), 0.01, 1)
                """);
    }

    @Test
    void addonOutageCredit() {
        ofPlain("addon-outage-credit", """
                update journal_entry set source = 'addon-discrepancy:' || gen_random_uuid()
                 where id = (select e.id from journal_entry e join posting p on p.entry_id = e.id
                              where p.account_id = '${wallet}' and e.kind = 'CREDIT')
                """);
        var failed = OPTION.replace("null, null", "null, now()").replace("ORDERED", "FAILED");
        ofPlain("addon-outage-credit", OPTION_PRICE, OPTION_VERSION, failed, GIFT);
        ofPlain("addon-outage-credit", OPTION_PRICE, OPTION_VERSION, failed, GIFT, """
                update journal_entry set source = 'addon-discrepancy:00000000-0000-0000-0000-0000000000a4'
                 where id = (select e.id from journal_entry e join posting p on p.entry_id = e.id
                              where p.account_id = '${wallet}' and e.kind = 'CREDIT')
                """);
        assertThat(found(with(
                        fixture.plain,
                        OPTION_PRICE,
                        OPTION_VERSION,
                        failed,
                        "drop index addon_discrepancy_credited_uq",
                        GIFT,
                        GIFT.replace("0000000000a4", "0000000000a5").replace("'disk-1'", "'disk-2'"))))
                .hasSize(2)
                .allMatch(one -> one.invariant().equals("addon-outage-credit"))
                .allMatch(one -> one.detail().contains("credited for it 2 times"));
    }

    @Test
    void transferBilled() {
        ofPlain("transfer-billed", """
                update journal_entry set source = 'transfer:a:b'
                 where id = (select e.id from journal_entry e join posting p on p.entry_id = e.id
                              where p.account_id = '${wallet}' and e.kind = 'CREDIT')
                """);
        ofPlain("transfer-billed", """
                insert into transfer_bill_line (bill_id, service_id, wallet_id, from_at, used_bytes, included_bytes, over_bytes,
                                                currency, amount)
                values (gen_random_uuid(), '${service}', '${wallet}', now(), 2, 1, 1, 'USD', 0.01)
                """);
        only("transfer-billed", """
                insert into transfer_bill (id, organization_id, from_at, to_at, price_id, used_bytes, included_bytes, billed_at)
                values (gen_random_uuid(), gen_random_uuid(), now(), now(), gen_random_uuid(), 2, 1, now())
                """);
    }

    @Test
    void transferPacks() {
        ofPlain("transfer-packs", PACK);
        ofPlain("transfer-packs", """
                update journal_entry set source = 'transfer-pack:a'
                 where id = (select e.id from journal_entry e join posting p on p.entry_id = e.id
                              where p.account_id = '${wallet}' and e.kind = 'CREDIT')
                """);
        assertThat(found(with(fixture.plain, paid()))).isEmpty();
        ofPlain("transfer-packs", paid("update transfer_pack set price = 0.02"));
        ofPlain("transfer-packs", paid("update transfer_pack set used_bytes = 1"));
        ofPlain(
                "transfer-packs",
                paid(
                        "alter table transfer_pack drop constraint transfer_pack_used_ck",
                        "update transfer_pack set used_bytes = bytes + 1",
                        "insert into transfer_pack_usage (pack_id, bill_id, service_id, bytes)"
                                + " select id, gen_random_uuid(), gen_random_uuid(), used_bytes from transfer_pack"));
    }

    @Test
    void transferPacksInBills() {
        ofPlain("transfer-packs", BILL, LINE.replace("${prepaid}", "1"));
        ofPlain("transfer-packs", """
                insert into transfer_price (id, version, currency, per_gib, valid_from, published_at, published_by)
                values (md5('price')::uuid, 1, 'USD', 1073741.824, now(), now(), 'x')
                """, BILL, LINE.replace("${prepaid}", "0"));
        var used = new String[] {
            "update transfer_pack set used_bytes = 1",
            BILL,
            LINE.replace("${prepaid}", "1"),
            "insert into transfer_pack_usage (pack_id, bill_id, service_id, bytes)"
                    + " values (md5('pack')::uuid, md5('bill')::uuid, '${service}', 1)"
        };
        assertThat(found(with(fixture.plain, paid(used)))).isEmpty();
        ofPlain("transfer-packs", with(paid(used), "update transfer_bill set organization_id = gen_random_uuid()"));
        ofPlain("transfer-packs", with(paid(used), "update transfer_pack set bought_at = now() + interval '1 day'"));
    }

    @Test
    void invoiceLines() {
        var counted = "update work.invoicing_run set net = net + 0.00000001 where tenant = 'audited'";
        var net = "update invoice set net = net + 0.00000001 where wallet_id = '${wallet}'";
        assertThat(found(with(fixture.old, net, counted)))
                .extracting(Violation::invariant)
                .containsExactlyInAnyOrder("invoice-lines", "invoice-rounding");
        assertThat(found(with(fixture.old, "update invoice_line set amount = amount + 0.00000001", net, counted)))
                .extracting(Violation::invariant)
                .containsExactlyInAnyOrder("invoice-lines", "invoice-rounding");
        of(fixture.old, "invoice-lines", "update invoice_line set quantity = quantity + 1");
        ofPlain("invoice-lines", "update invoice set wallet_id = '${wallet}'");
        ofPlain("invoice-lines", """
                insert into invoice_item (entry_id, wallet_id, kind, reason, currency, amount, effective_at, collected_at)
                values (0, '${wallet}', 'OTHER', 'x', 'USD', 1, now(), now())
                """);
        only("invoice-lines", """
                insert into invoice_line (invoice_id, position, kind, name, what, from_at, to_at, quantity, unit, unit_price,
                                          surcharge, amount, rated_period_id)
                values (gen_random_uuid(), 1, 'SERVICE', 'x', 'x', now(), now(), 1, 'HOUR', 1, 0, 1, 0)
                """);
    }

    @Test
    void chargesMissingFromDocuments() {
        assertThat(found("delete from invoice_line"))
                .as("the document has nothing, and the rated period is on none")
                .extracting(Violation::invariant)
                .containsExactly("invoice-lines", "invoice-lines");
        assertThat(found(with(fixture.old, """
                        update journal_entry set kind = 'DEBIT', reason = 'disguised', effective_at = '2026-09-01T00:00Z'
                         where idempotency_key like 'service:${service}:activated%'
                        """)))
                .extracting(Violation::invariant)
                .containsExactlyInAnyOrder("charges-match-periods", "invoice-lines");
    }

    @Test
    void invoiceNumbers() {
        only("invoice-numbers", "update invoice_number_sequence set next_number = next_number + 1");
        only("invoice-numbers", "update invoice set number = 2, number_text = 'INV-2026-000002'");
        of(fixture.old, "invoice-numbers", "update invoice set number_text = 'INV-2026-1'");
        of(fixture.old, "invoice-numbers", "update invoice set kind = 'PROFORMA'", """
                update work.invoicing_run set documents = 0, net = 0 where tenant = 'audited'""");
    }

    @Test
    void invoicePayments() {
        of(
                fixture.old,
                "invoice-payments",
                "update invoice set state = 'FINAL', paid_at = null, open_amount = total where wallet_id = '${wallet}'");
    }

    private static final String PACK = """
            insert into transfer_pack (id, offer_id, organization_id, wallet_id, bytes, currency, price, bought_at, bought_by)
            select md5('pack')::uuid, gen_random_uuid(), organization_id, id, 1024, currency, 0.01, now() - interval '1 day', 'x'
              from wallet
             where id = '${wallet}'
            """;

    private static final String BILL = """
            insert into transfer_bill (id, organization_id, from_at, to_at, price_id, used_bytes, included_bytes, billed_at)
            select md5('bill')::uuid, organization_id, now() - interval '30 days', now(), md5('price')::uuid, 2, 1, now()
              from wallet
             where id = '${wallet}'
            """;

    private static final String LINE = """
            insert into transfer_bill_line (bill_id, service_id, wallet_id, from_at, used_bytes, included_bytes, over_bytes,
                                            prepaid_bytes, currency, amount)
            values (md5('bill')::uuid, '${service}', '${wallet}', now() - interval '30 days', 2, 1, 1, ${prepaid}, 'USD', 0)
            """;

    /** A pack that was bought correctly, followed by further statements. */
    private static String[] paid(String... more) {
        return with(
                new String[] {
                    PACK,
                    """
                    insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
                    select 'DEBIT', 'transfer-pack:' || md5('pack')::uuid, 'transfer-pack', max(effective_at), max(posted_at), 'x', 'x'
                      from journal_entry
                    """,
                    """
                    insert into posting (entry_id, account_id, currency, amount, balance_after)
                    select (select max(id) from journal_entry), id, currency, -0.01, balance - 0.01
                      from wallet
                     where id = '${wallet}'
                    """,
                    """
                    insert into posting (entry_id, account_id, currency, amount)
                    select (select max(id) from journal_entry), a.id, a.currency, 0.01
                      from ledger_account a
                      join wallet w on w.currency = a.currency
                     where a.kind = 'REVENUE' and w.id = '${wallet}'
                    """,
                    "update wallet set balance = balance - 0.01, version = version + 1 where id = '${wallet}'"
                },
                more);
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void invoiceRuns() {
        var of = " where tenant = 'audited'";
        only("invoice-runs", "update work.invoicing_run set documents = 2" + of);
        only("invoice-runs", "update work.invoicing_run set net = net + 0.00000001" + of);
        only("invoice-runs", "update work.invoicing_run set waiting = 1" + of);
        only("invoice-runs", "update work.invoicing_run set state = 'RUNNING', ended_at = null" + of);
        var next = """
                insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at, state, ended_at)
                select tenant, tenant_role, month + interval '${months} months', period_to + interval '${months} months',
                       due_at + interval '${months} months', 'DONE', now()
                  from work.invoicing_run""" + of;
        assertThat(found(next.replace("${months}", "1"))).isEmpty();
        only("invoice-runs", next.replace("${months}", "2"));
        only(
                "invoice-runs",
                next.replace("${months}", "-1"),
                "update work.invoicing_run set state = 'OPEN', ended_at = null" + of + " and month = '2026-09-01'");
    }

    @Test
    void runsWithoutGap() {
        only(
                "runs-without-gap",
                "delete from work.charging_run where tenant = 'audited' and until = '2026-11-10T15:00Z'");
        only(
                "runs-without-gap",
                "update work.charging_run set state = 'RUNNING' where tenant = 'audited' and until = '2026-11-10T15:00Z'");
    }

    @Test
    void runSlices() {
        only(
                "run-slices",
                "update work.charging_slice set state = 'FAILED' where id = (select max(id) from work.charging_slice where tenant_role = 'tn_audited')");
        only(
                "run-slices",
                "update work.charging_run set state = 'RUNNING' where tenant = 'audited' and state = 'OPEN'");
    }

    @Test
    void sliceLease() {
        var atWork = "update work.charging_run set state = 'RUNNING' where tenant = 'audited' and state = 'OPEN'";
        var slice = """
                insert into work.charging_slice (run_id, tenant_role, no, after_wallet, to_wallet, wallets_planned, state)
                select id, 'tn_audited', ${no}, ${after}, ${to}, 1, '${state}'
                  from work.charging_run where tenant = 'audited' and state = 'RUNNING'
                """;
        only(
                "slice-lease",
                atWork,
                slice.replace("${no}", "0")
                        .replace("${after}", "null")
                        .replace("${to}", "null")
                        .replace("${state}", "RUNNING"));
        only(
                "slice-lease",
                atWork,
                "update work.charging_run set slices = 2 where tenant = 'audited' and state = 'RUNNING'",
                slice.replace("${no}", "0")
                        .replace("${after}", "null")
                        .replace("${to}", "'80000000-0000-0000-0000-000000000000'")
                        .replace("${state}", "OPEN"),
                slice.replace("${no}", "1")
                        .replace("${after}", "'70000000-0000-0000-0000-000000000000'")
                        .replace("${to}", "null")
                        .replace("${state}", "OPEN"));
    }

    @Test
    void auditChain() {
        only("audit-chain", "update audit_record set actor_name = 'somebody else' where seq = 1");
        only("audit-chain", "delete from audit_record where seq = 1");
    }

    @Test
    void historyGuarded() {
        only("history-guarded", "alter table posting disable trigger posting_immutable");
        only("history-guarded", "grant update on journal_entry to tn_audited");
        only("history-guarded", "alter table invoice disable trigger invoice_guarded");
        only("history-guarded", "grant update on invoice_line to tn_audited");
    }

    @Test
    void noForeignGrants() {
        only("no-foreign-grants", "grant select on wallet to tn_borealis");
        only("no-foreign-grants", "grant select (balance) on wallet to public");
        only("no-foreign-grants", "grant execute on function refuse_history_change() to public");
        only("no-foreign-grants", "grant insert on wallet to tenantry_auditor");
        only("no-foreign-grants", "grant tn_audited to tn_borealis");
    }

    @Test
    void noCrossSchema() {
        only("no-cross-schema", "create view t_borealis.peek as select balance from t_audited.wallet");
        only("no-cross-schema", "alter table wallet_policy add column plan uuid references t_borealis.plan (id)");
    }

    @Test
    void schemasAlike() {
        assertThat(ofPlatform("schemas-identical"))
                .noneMatch(one -> one.detail().contains("t_audited"));
        assertThat(ofPlatform("schemas-identical", "alter table t_audited.wallet add column colour text"))
                .anyMatch(one -> one.detail().equals("only in t_audited: column wallet.colour text "));
        assertThat(ofPlatform("schemas-identical", "drop index t_audited.service_wallet_ix"))
                .anyMatch(one -> one.detail().startsWith("missing in t_audited: index CREATE INDEX service_wallet_ix"));
    }

    @Test
    void tenantHasSchema() {
        assertThat(ofPlatform("tenant-has-schema")).isEmpty();
        assertThat(ofPlatform("tenant-has-schema", """
                        insert into platform.tenant (slug, name, state, currency, zone, locale, created_at)
                        values ('ghost', 'Ghost', 'ACTIVE', 'EUR', 'UTC', 'en', now())
                        """))
                .extracting(Violation::detail)
                .containsExactly("tenant ghost has no schema");
        assertThat(ofPlatform("tenant-has-schema", "grant select on platform.person to tn_audited"))
                .extracting(Violation::detail)
                .containsExactly("tn_audited has rights in schema platform");
    }

    @Test
    void executionsAlive() {
        var job = "insert into batch.job_instance (jobinstanceid, jobname) values (1, 'hourly-charging')";
        var execution = """
                insert into batch.job_execution (jobexecutionid, jobinstanceid, createtime, batchstatus)
                values (1, 1, now() - interval '1 hour', 'STARTED')
                """;
        assertThat(ofPlatform("job-executions-alive", job, execution)).hasSize(1);
        assertThat(ofPlatform(
                        "job-executions-alive",
                        job,
                        execution,
                        "insert into work.node (name, boot) values ('one', '00000000-0000-0000-0000-000000000001')",
                        """
                        insert into work.job_execution (execution_id, job, node, boot)
                        values (1, 'hourly-charging', 'one', '00000000-0000-0000-0000-000000000001')
                        """))
                .isEmpty();
    }

    private static List<Violation> found(String... damage) {
        return AuditorFixture.after(fixture.billingFixture.tenant, damage);
    }

    private static List<Violation> ofPlatform(String invariant, String... damage) {
        return AuditorFixture.after(null, damage).stream()
                .filter(one -> one.invariant().equals(invariant))
                .toList();
    }

    /** The damage is found by that invariant alone, once, and is attributed to no wallet. */
    private static void only(String invariant, String... damage) {
        assertThat(found(damage)).singleElement().satisfies(one -> {
            assertThat(one.invariant()).as(one.toString()).isEqualTo(invariant);
            assertThat(one.walletId()).isEmpty();
        });
    }

    private static void only(String invariant, UUID wallet, String... damage) {
        assertThat(found(damage)).singleElement().satisfies(one -> {
            assertThat(one.invariant()).as(one.toString()).isEqualTo(invariant);
            assertThat(one.walletId()).isEqualTo(Optional.of(wallet));
        });
    }

    private static void ofPlain(String invariant, String... damage) {
        of(fixture.plain, invariant, damage);
    }

    private static void ofWaiting(String invariant, String... damage) {
        of(fixture.waiting, invariant, damage);
    }

    /** The damage is found by that invariant alone, once, and is attributed to that wallet. */
    private static void of(Rented rented, String invariant, String... damage) {
        only(invariant, rented.wallet(), with(rented, damage));
    }

    private static String[] with(Rented rented, String... damage) {
        return Arrays.stream(damage)
                .map(one -> one.replace("${wallet}", rented.wallet().toString())
                        .replace("${service}", rented.service().toString()))
                .toArray(String[]::new);
    }

    @BeforeAll
    static void jobRepository() {
        Database.asOwner("create schema if not exists batch");
        Database.asOwner(
                "create table if not exists batch.job_instance (jobinstanceid bigint primary key, jobname text)");
        Database.asOwner("create table if not exists batch.job_execution (jobexecutionid bigint primary key,"
                + " jobinstanceid bigint, createtime timestamptz, batchstatus text)");
        Database.asOwner("grant usage on schema batch to tenantry_auditor");
        Database.asOwner("grant select on all tables in schema batch to tenantry_auditor");
    }
}
