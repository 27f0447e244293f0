package io.tenantry.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.invoicing.BillingPeriod;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.cloud.provisioning.SuspensionMethod;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkItemLostException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Debtors are reminded, suspended and reactivated, each step once, whatever happens in between. */
class DunningTest {
    /** Each day is one of all debtors, also of those of earlier tests: now and then another reseller begins with none. */
    private static final int TESTS_OF_A_RESELLER = 9;

    private static int tests;
    private static DunningFixture dunningFixture;
    private static UUID patient;
    private static UUID spared;

    @BeforeAll
    static void open() {
        dunningFixture = new DunningFixture("dunned-" + tests);
        patient = dunningFixture.renting.billingFixture.price("7.30");
        spared = dunningFixture.renting.billingFixture.price("7.30");
        dunningFixture.renting.billingFixture.clock.stopAt(DunningFixture.NOON);
    }

    @BeforeEach
    void startNewReseller() {
        if (tests > 0 && tests % TESTS_OF_A_RESELLER == 0) {
            open();
        }
        tests++;
        dunningFixture.renting.workQueueFixture.clear();
        publish("R1 R3 F3 S3");
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        assertThat(dunningFixture.renting.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(
                        dunningFixture.renting.billingFixture.tenant,
                        "open-period-of-running-service",
                        "charges-match-periods",
                        "wallet-balance-status",
                        "paused-hours",
                        "periods-contiguous",
                        "month-cap",
                        "period-cap"))
                .isEmpty();
    }

    @Test
    void remindsAndSuspendsWithoutPayment() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).isEmpty();
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        dunningFixture.advanceDays(2);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        dunningFixture.advanceDays(6);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1");
        assertThat(dunningFixture.states(wallet)).containsExactly("ACTIVE");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1 SUSPEND1");
        assertThat(dunningFixture.states(wallet)).containsExactly("SUSPENDED for debt");
        dunningFixture.advanceDays(60);
        assertThat(dunningFixture.steps(wallet))
                .as("never terminated unless the policy says so")
                .hasSize(38);
        assertThat(dunningFixture.debtMails(wallet))
                .containsExactly("DEBT_REMINDER", "DEBT_REMINDER", "DEBT_FINAL_NOTICE", "DEBT_SUSPENDED");
    }

    @Test
    void unsuspendsOnFullPaymentAndStartsANewCaseForALaterDebt() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(12);
        assertThat(dunningFixture.states(wallet)).containsExactly("SUSPENDED for debt");
        dunningFixture.pay(wallet, "0.05");
        dunningFixture.runUnsuspensions();
        assertThat(dunningFixture.states(wallet)).as("after a partial payment").containsExactly("SUSPENDED for debt");
        dunningFixture.payAll(wallet);
        dunningFixture.advance(Duration.ofHours(1));
        assertThat(dunningFixture.renting.billingFixture.balance(wallet).isNegative())
                .isTrue();
        dunningFixture.runUnsuspensions();
        assertThat(dunningFixture.states(wallet))
                .as("although the debt has grown")
                .containsExactly("ACTIVE");
        assertThat(dunningFixture.debtMails(wallet)).endsWith("DEBT_SUSPENDED", "DEBT_PAID");

        dunningFixture.advanceDays(2);
        assertThat(dunningFixture.steps(wallet)).endsWith(", REMIND1");
        assertThat(dunningFixture.states(wallet)).containsExactly("ACTIVE");
    }

    @Test
    void theRequestedAmountSettlesTheDebt() {
        var wallet = dunningFixture.customer("0.0149");
        dunningFixture.advanceDays(1);
        var dunningCase = dunningFixture.renting.billingFixture.in(
                () -> dunningFixture.dunningCases.of(wallet).orElseThrow());
        assertThat(dunningCase.missing()).isEqualTo(dunningFixture.renting.billingFixture.money("0.2251"));
        assertThat(dunningCase.toPay()).isEqualTo(dunningFixture.renting.billingFixture.money("0.23"));
        dunningFixture.pay(wallet, dunningCase.toPay().amount().toPlainString());
        assertThat(dunningFixture
                        .renting
                        .billingFixture
                        .in(() -> dunningFixture.dunningCases.of(wallet).orElseThrow())
                        .episodeId())
                .isEmpty();
    }

    @Test
    void powersAServerOffAndOnAgain() {
        var wallet = dunningFixture.renting.billingFixture.wallet("0.03");
        dunningFixture.renting.organization(wallet);
        var server = dunningFixture.renting.createServer(wallet);
        dunningFixture.advanceDays(12);
        dunningFixture.renting.work();
        assertThat(dunningFixture.renting.states(server)).isEqualTo("SUSPENDED OFF");
        dunningFixture.payAll(wallet);
        dunningFixture.runUnsuspensions();
        dunningFixture.renting.work();
        assertThat(dunningFixture.renting.states(server)).isEqualTo("ACTIVE ON");
    }

    @Test
    void isolatesByPolicyAndReconnectsRegardlessOfLaterPolicies() {
        publish(SuspensionMethod.NETWORK);
        var wallet = dunningFixture.renting.billingFixture.wallet("0.03");
        dunningFixture.renting.organization(wallet);
        var server = dunningFixture.renting.createServer(wallet);
        dunningFixture.advanceDays(12);
        dunningFixture.renting.work();
        assertThat(dunningFixture.renting.networkState(server)).isEqualTo("SUSPENDED ON ISOLATED");
        assertThat(dunningFixture.states(wallet)).containsExactly("SUSPENDED for debt");
        publish(SuspensionMethod.POWER);
        dunningFixture.advanceDays(2);
        dunningFixture.renting.work();
        assertThat(dunningFixture.renting.networkState(server))
                .as("by the method of its suspension")
                .isEqualTo("SUSPENDED ON ISOLATED");

        dunningFixture.payAll(wallet);
        dunningFixture.runUnsuspensions();
        dunningFixture.runUnsuspensions();
        dunningFixture.renting.work();
        assertThat(dunningFixture.renting.networkState(server)).isEqualTo("ACTIVE ON CONNECTED");
        assertThat(dunningFixture.debtMails(wallet)).endsWith("DEBT_SUSPENDED", "DEBT_PAID");
        assertThat(dunningFixture.texts(
                        "select facts ->> 'cut_off' from %s.audit_record where action = 'dunning.step_taken' and"
                                + " facts ->> 'step' = 'SUSPEND' and subject_id = '"
                                + dunningFixture.organization(wallet) + "'"))
                .containsExactly("1");
        assertThat(dunningFixture
                        .as(
                                dunningFixture.renting.staff(),
                                () -> dunningFixture.dunning.history(dunningFixture.organization(wallet)))
                        .get(0)
                        .cutOff())
                .isEqualTo(1);
    }

    @Test
    void powersOnASuspendedServerUnderAnIsolatingPolicy() {
        var wallet = dunningFixture.renting.billingFixture.wallet("0.03");
        dunningFixture.renting.organization(wallet);
        var server = dunningFixture.renting.createServer(wallet);
        dunningFixture.advanceDays(12);
        dunningFixture.renting.work();
        publish(SuspensionMethod.NETWORK);
        dunningFixture.advanceDays(1);
        dunningFixture.renting.work();
        assertThat(dunningFixture.renting.networkState(server)).isEqualTo("SUSPENDED OFF CONNECTED");
        dunningFixture.payAll(wallet);
        dunningFixture.runUnsuspensions();
        dunningFixture.renting.work();
        assertThat(dunningFixture.renting.networkState(server)).isEqualTo("ACTIVE ON CONNECTED");
    }

    @Test
    void powersOffWhereIsolationIsUnsupportedOrFails() {
        publish(SuspensionMethod.NETWORK);
        var wallet = dunningFixture.renting.billingFixture.wallet("0.03");
        dunningFixture.renting.organization(wallet);
        var server = dunningFixture.renting.createServer(wallet);
        var other = dunningFixture.renting.billingFixture.wallet("0.03");
        dunningFixture.renting.organization(other);
        var refused = dunningFixture.renting.createServer(other);
        dunningFixture.renting.setPlain(true);
        dunningFixture.advanceDays(12);
        dunningFixture.renting.work();
        dunningFixture.renting.setPlain(false);
        assertThat(dunningFixture.renting.networkState(server)).isEqualTo("SUSPENDED OFF CONNECTED");
        assertThat(dunningFixture.texts(
                        "select suspended_by from %s.dunning_suspension where service_id = '" + server + "'"))
                .containsExactly("POWER");

        dunningFixture.payAll(other);
        dunningFixture.runUnsuspensions();
        dunningFixture.renting.work();
        dunningFixture.renting.setBehindFirewall(true);
        dunningFixture.advanceDays(12);
        dunningFixture.renting.work();
        dunningFixture.renting.setBehindFirewall(false);
        assertThat(dunningFixture.renting.networkState(refused)).isEqualTo("SUSPENDED OFF CONNECTED");
        dunningFixture.payAll(wallet);
        dunningFixture.payAll(other);
        dunningFixture.runUnsuspensions();
        dunningFixture.renting.work();
        assertThat(dunningFixture.renting.networkState(server)).isEqualTo("ACTIVE ON CONNECTED");
        assertThat(dunningFixture.renting.networkState(refused)).isEqualTo("ACTIVE ON CONNECTED");
    }

    @Test
    void comparesSuspensionMethodsInADryRun() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(3);
        var anna = dunningFixture.renting.staff();
        var other = policy(SuspensionMethod.NETWORK);
        var policyComparison = dunningFixture.as(anna, () -> dunningFixture.dunning.compare(other)).stream()
                .filter(one -> one.debt().walletId().equals(wallet))
                .findFirst()
                .orElseThrow();
        assertThat(policyComparison.isOther()).isTrue();
        assertThat(policyComparison.then())
                .filteredOn(step -> step.step().act() == DunningAction.SUSPEND)
                .singleElement()
                .satisfies(step -> assertThat(step.by()).contains(SuspensionMethod.NETWORK));
        assertThat(policyComparison.now())
                .filteredOn(step -> step.step().act() == DunningAction.SUSPEND)
                .singleElement()
                .satisfies(step -> assertThat(step.by()).contains(SuspensionMethod.POWER));
        publish(SuspensionMethod.NETWORK);
        assertThat(dunningFixture.renting.billingFixture.in(
                        () -> dunningFixture.dunningCases.inForce().policy()))
                .isEqualTo(other);
    }

    private static DunningPolicy policy(SuspensionMethod by) {
        return new DunningPolicy(DunningPolicyTest.policy("R1 R3 F3 S3").steps(), true, List.of(), List.of(), by);
    }

    private static void publish(SuspensionMethod by) {
        assertThat(published(dunningFixture.renting.staff(), policy(by))).isEqualTo(DunningPolicies.Outcome.DONE);
    }

    @Test
    void chargesNothingWhileSuspendedIfThePolicySaysSo() {
        publish("R1 R3 F3 S3", false);
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(10);
        var running = dunningFixture.renting.billingFixture.balance(wallet);
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.states(wallet)).containsExactly("SUSPENDED for debt");
        assertThat(dunningFixture.debtMails(wallet)).endsWith("DEBT_SUSPENDED_UNCHARGED");
        var off = dunningFixture.renting.billingFixture.balance(wallet);
        assertThat(off).as("the day before its suspension").isEqualTo(running.minus(money("0.24")));
        dunningFixture.advanceDays(40);
        assertThat(dunningFixture.renting.billingFixture.balance(wallet))
                .as("nothing afterwards")
                .isEqualTo(off);
        var missing = dunningFixture
                .renting
                .billingFixture
                .in(() -> dunningFixture.dunningCases.of(wallet).orElseThrow())
                .missing();
        assertThat(missing).isEqualTo(off.negated());

        dunningFixture.pay(wallet, "100");
        dunningFixture.runUnsuspensions();
        assertThat(dunningFixture.states(wallet)).containsExactly("ACTIVE");
        var back = dunningFixture.renting.billingFixture.balance(wallet);
        assertThat(back).as("the hour in which it is unsuspended").isEqualTo(off.plus(money("99.99")));
        dunningFixture.advance(Duration.ofHours(5));
        assertThat(dunningFixture.renting.billingFixture.balance(wallet)).isEqualTo(back.minus(money("0.04")));
    }

    @Test
    void chargesAgainWhenStaffLiftASuspension() {
        publish("R1 R3 F3 S3", false);
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(11);
        var service = service(wallet);
        var off = dunningFixture.renting.billingFixture.balance(wallet);
        run(() -> dunningFixture.renting.suspensions.resume(service, "to look at it"));
        assertThat(dunningFixture.renting.billingFixture.balance(wallet)).isEqualTo(off.minus(money("0.01")));
        run(() -> dunningFixture.renting.suspensions.suspend(service, "it attacks others"));
        dunningFixture.advance(Duration.ofHours(2));
        assertThat(dunningFixture.renting.billingFixture.balance(wallet)).isEqualTo(off.minus(money("0.02")));
    }

    @Test
    void terminatesFreeSuspendedServicesWithoutCharges() {
        publish("R1 F1 S1 T7", false);
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(4);
        assertThat(dunningFixture.states(wallet)).containsExactly("SUSPENDED for debt");
        var off = dunningFixture.renting.billingFixture.balance(wallet);
        dunningFixture.advanceDays(8);
        assertThat(dunningFixture.states(wallet)).containsExactly("TERMINATED for debt");
        assertThat(dunningFixture.renting.billingFixture.balance(wallet)).isEqualTo(off);
    }

    private static Money money(String amount) {
        return dunningFixture.renting.billingFixture.money(amount);
    }

    @Test
    void keepsSuspensionsByStaff() {
        var wallet = dunningFixture.customer("0.01");
        var theirs = dunningFixture.rent(wallet);
        run(() -> dunningFixture.renting.suspensions.suspend(theirs, "it attacks others"));
        dunningFixture.advanceDays(12);
        assertThat(dunningFixture.states(wallet)).containsExactlyInAnyOrder("SUSPENDED for debt", "SUSPENDED");
        dunningFixture.payAll(wallet);
        dunningFixture.runUnsuspensions();
        assertThat(dunningFixture.states(wallet)).containsExactlyInAnyOrder("ACTIVE", "SUSPENDED");
    }

    @Test
    void keepsServicesSuspendedThatStaffTookOver() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(12);
        var service = service(wallet);
        run(() -> {
            dunningFixture.renting.suspensions.resume(service, "to look at it");
            dunningFixture.renting.suspensions.suspend(service, "it attacks others");
        });
        dunningFixture.payAll(wallet);
        dunningFixture.runUnsuspensions();
        assertThat(dunningFixture.states(wallet)).containsExactly("SUSPENDED");
    }

    @Test
    void suspendsNobodyUnwarnedAfterDowntime() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advance(Duration.ofDays(1));
        dunningFixture.advance(Duration.ofDays(90));
        dunningFixture.runDunning();
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        dunningFixture.deliver();
        dunningFixture.runDunning();
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        dunningFixture.advanceDays(9);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1 SUSPEND1");
    }

    @Test
    void takesNoFurtherStepAfterAFailedMail() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advance(Duration.ofDays(1));
        dunningFixture.advance(Duration.ofDays(2));
        dunningFixture.runDunning();
        dunningFixture.rejectMails();
        dunningFixture.advanceDays(40);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        assertThat(dunningFixture.texts(
                        "select coalesce(s.reached_at::text, '-') from %s.dunning_step s join %s.dunning_case e"
                                + " on e.id = s.case_id where e.wallet_id = '" + wallet + "'"))
                .containsExactly("-");

        dunningFixture.execute("update %s.mail set state = 'WAITING' where state = 'FAILED'");
        dunningFixture.deliver();
        dunningFixture.runDunning();
        dunningFixture.advanceDays(2);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2");
    }

    @Test
    void suspendsNobodyWithoutARecipient() {
        var wallet = dunningFixture.renting.billingFixture.wallet("0.01");
        dunningFixture.renting.organization(wallet);
        dunningFixture.rent(wallet);
        dunningFixture.execute("update %s.person set state = 'DISABLED' where id in (select person_id from"
                + " %s.membership where organization_id = '" + dunningFixture.organization(wallet) + "')");
        dunningFixture.execute("update %s.organization set billing_email = 'none yet' where id = '"
                + dunningFixture.organization(wallet) + "'");
        dunningFixture.advanceDays(30);
        assertThat(dunningFixture.steps(wallet)).isEmpty();
        assertThat(dunningFixture.states(wallet)).containsExactly("ACTIVE");
    }

    @Test
    void mailsEachAddressOnceIncludingTheBillingAddress() {
        var wallet = dunningFixture.customer("0.01");
        var organization = dunningFixture.organization(wallet);
        dunningFixture.setBillingEmail(wallet, "Invoices@Kiosk.example");
        dunningFixture.execute("insert into %s.document_template (version, language, recorded_at, recorded_by)"
                + " select coalesce(max(version), 0) + 1, 'DE', now(), 'test' from %s.document_template");
        dunningFixture.advanceDays(2);
        var mails = dunningFixture.mails(wallet, "recipient || ' ' || locale || ' ' || (variables ->> 'name')");
        assertThat(mails).hasSize(2).contains("invoices@kiosk.example de Kiosk");
        assertThat(dunningFixture.as(
                        dunningFixture.renting.staff(), () -> dunningFixture.dunning.history(organization)))
                .singleElement()
                .returns(2, Dunning.StepHistory::sent);

        dunningFixture.execute(
                "update %s.person set email = 'invoices@kiosk.example', locale = 'en' where id in (select"
                        + " person_id from %s.membership where organization_id = '" + organization + "')");
        dunningFixture.advanceDays(3);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        assertThat(dunningFixture.mails(wallet, "recipient || ' ' || locale || ' ' || (variables ->> 'name')"))
                .as("one address of two")
                .hasSize(3)
                .endsWith("invoices@kiosk.example en Olga");
    }

    @Test
    void mailListsOnlyTheCustomersOpenDocumentsWithDueDates() {
        var clock = dunningFixture.renting.billingFixture.clock;
        var invoicingFixture = new InvoicingFixture(dunningFixture.renting.billingFixture);
        clock.stopAt(Instant.parse("2028-02-27T12:00:00Z"));
        var wallet = dunningFixture.customer("0.01");
        var other = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(4);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        assertThat(dunningFixture.mails(wallet, "variables ->> 'documents'")).containsOnly("");

        clock.stopAt(Instant.parse("2028-03-04T12:00:00Z"));
        var zone = ZoneId.of(Database.texts("select zone from platform.tenant where slug = '"
                        + dunningFixture.renting.billingFixture.tenant.value() + "'")
                .get(0));
        var february = BillingPeriod.of(YearMonth.of(2028, 2), zone);
        assertThat(invoicingFixture.issue(wallet, february).documents()).isEqualTo(1);
        assertThat(invoicingFixture.issue(other, february).documents()).isEqualTo(1);
        dunningFixture.advanceDays(2);
        assertThat(dunningFixture.mails(wallet, "variables ->> 'documents'"))
                .as("the document is not due yet")
                .containsOnly("");
        assertThat(dunningFixture.mails(wallet, "coalesce(variables ->> 'later', '')"))
                .hasSize(4)
                .as("two recipients each")
                .startsWith("", "")
                .last()
                .asString()
                .matches("INV-2028-\\d+\t€0[.]58\tMar 18, 2028");
    }

    @Test
    void aStepIsPendingUntilItsFirstMailIsSent() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.setBillingEmail(wallet, "books@kiosk.example");
        dunningFixture.advance(Duration.ofDays(1));
        dunningFixture.advance(Duration.ofDays(2));
        dunningFixture.runDunning();
        dunningFixture.execute("update %s.mail set state = 'FAILED', fault_kind = 'REFUSED' where state = 'WAITING' and"
                + " recipient <> 'books@kiosk.example'");
        dunningFixture.deliver();
        dunningFixture.runDunning();
        dunningFixture.advanceDays(3);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        assertThat(dunningFixture.as(
                        dunningFixture.renting.staff(),
                        () -> dunningFixture.dunning.history(dunningFixture.organization(wallet))))
                .last()
                .returns(1, Dunning.StepHistory::sent)
                .returns(1, Dunning.StepHistory::failed);
    }

    @Test
    void warnsTheBillingAddressWithoutMembers() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.setBillingEmail(wallet, "books@kiosk.example");
        dunningFixture.execute(
                "delete from %s.membership where organization_id = '" + dunningFixture.organization(wallet) + "'");
        dunningFixture.advanceDays(11);
        assertThat(dunningFixture.steps(wallet)).endsWith("SUSPEND1");
        assertThat(dunningFixture.mails(wallet, "recipient")).hasSize(4).containsOnly("books@kiosk.example");
    }

    @Test
    void mailsIncludeBankDetailsOnceKnown() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(2);
        assertThat(dunningFixture.mails(wallet, "coalesce(variables ->> 'iban', '-')"))
                .containsOnly("-");
        dunningFixture.execute(
                "insert into %s.invoice_seller (name, street, postcode, city, country, vat_number, tax_number,"
                        + " register, email, bank, iban, bic, note, recorded_at, recorded_by) values ('Aurora GmbH', 'a', 'b', 'c', 'DE', '',"
                        + " '', '', '', 'Bank', 'DE89370400440532013000', 'COBADEFFXXX', '', now(), 'test')");
        dunningFixture.advanceDays(3);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        var reference = dunningFixture
                .texts("select regexp_replace(reference, '(.{4})(?!$)', '\\1 ', 'g') from %s.bank_reference where"
                        + " organization_id = '" + dunningFixture.organization(wallet) + "'")
                .get(0);
        assertThat(dunningFixture.mails(
                        wallet,
                        "concat_ws(', ', variables ->> 'holder', variables ->> 'iban', variables ->> 'bic',"
                                + " variables ->> 'reference')"))
                .endsWith("Aurora GmbH, DE89 3704 0044 0532 0130 00, COBADEFFXXX, " + reference);
        dunningFixture.payAll(wallet);
        dunningFixture.execute(
                "insert into %s.invoice_seller (name, street, postcode, city, country, vat_number, tax_number,"
                        + " register, email, bank, iban, bic, note, recorded_at, recorded_by) values ('Aurora GmbH', 'a', 'b', 'c', 'DE', '',"
                        + " '', '', '', '', '', '', '', now(), 'test')");
    }

    @Test
    void terminatesSuspendedServicesOnlyIfThePolicySaysSo() {
        publish("R1 R3 F3 S3 T7");
        var wallet = dunningFixture.customer("0.01");
        var locked = dunningFixture.rent(wallet);
        dunningFixture.renting.lockWallet(locked);
        dunningFixture.advanceDays(16);
        assertThat(dunningFixture.states(wallet)).containsOnly("SUSPENDED for debt");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).endsWith("SUSPEND1 TERMINATE1");
        assertThat(dunningFixture.states(wallet))
                .containsExactlyInAnyOrder("TERMINATED for debt", "SUSPENDED for debt");
        assertThat(dunningFixture.renting.workQueueFixture.parkedItems())
                .singleElement()
                .satisfies(item -> assertThat(item.kind()).isEqualTo(TerminateForNonPaymentHandler.KIND));
    }

    @Test
    void terminatesNothingAfterAPayment() {
        publish("R1 R3 F3 S3 T7");
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(17);
        dunningFixture.advance(Duration.ofDays(1));
        var claimedWorkItem = dunningFixture.claimWorkItem();
        dunningFixture.transactions().inspect(claimedWorkItem, 10);
        assertThat(dunningFixture.transactions().take(claimedWorkItem, wallet)).isTrue();
        assertThat(dunningFixture.steps(wallet)).endsWith("TERMINATE1");
        dunningFixture.payAll(wallet);
        dunningFixture.renting.workQueueFixture.expireLeases();
        dunningFixture.runDunning();
        assertThat(dunningFixture.states(wallet)).containsExactly("ACTIVE");
    }

    @Test
    void appliesAChangedPolicyFromNowOn() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(5);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        publish("R1 R3 F10 S3");
        dunningFixture.advanceDays(9);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1");
    }

    @Test
    void startsNoCaseWithinTheCreditLimit() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.renting.billingFixture.limit(wallet, new BigDecimal("100"));
        dunningFixture.advanceDays(30);
        assertThat(dunningFixture.steps(wallet)).isEmpty();
        dunningFixture.renting.billingFixture.limit(wallet, BigDecimal.ZERO);
        dunningFixture.advanceDays(2);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        dunningFixture.renting.billingFixture.in(() -> {
            dunningFixture.renting.billingFixture.sql.update(
                    "update wallet set credit_limit = 100 where id = ?", wallet);
            dunningFixture.debtClearance.walletMoved(new io.tenantry.billing.wallet.WalletBalanceChanged(wallet));
            return true;
        });
        dunningFixture.advanceDays(10);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
    }

    @Test
    void endsTheCaseOnWriteOffAndUnsuspendsOnTheNextTopUp() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(11);
        assertThat(dunningFixture.states(wallet)).containsExactly("SUSPENDED for debt");
        var debt = dunningFixture.renting.billingFixture.balance(wallet).negated();
        dunningFixture.writeOff(wallet, debt.minus(dunningFixture.renting.billingFixture.money("0.01")));
        dunningFixture.runUnsuspensions();
        assertThat(openCases(wallet)).as("a part of the debt remains").isEqualTo("1");
        dunningFixture.writeOff(wallet, dunningFixture.renting.billingFixture.money("0.01"));
        dunningFixture.runUnsuspensions();
        assertThat(openCases(wallet)).isEqualTo("0");
        assertThat(dunningFixture.states(wallet)).as("the balance is empty").containsExactly("SUSPENDED for debt");
        dunningFixture.pay(wallet, "5");
        dunningFixture.runUnsuspensions();
        assertThat(dunningFixture.states(wallet)).containsExactly("ACTIVE");
    }

    @Test
    void unsuspendsOnWriteOffIfTheCreditLimitSuffices() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(11);
        var debt = dunningFixture.renting.billingFixture.balance(wallet).negated();
        dunningFixture.renting.billingFixture.limit(wallet, new BigDecimal("0.5"));
        dunningFixture.writeOff(wallet, debt);
        dunningFixture.runUnsuspensions();
        assertThat(dunningFixture.states(wallet)).containsExactly("ACTIVE");
    }

    private static String openCases(UUID wallet) {
        return dunningFixture
                .texts("select count(*)::text from %s.dunning_case where ended_at is null and wallet_id = '" + wallet
                        + "'")
                .get(0);
    }

    @Test
    void pauseStopsAllStepsButNotUnsuspension() {
        var anna = dunningFixture.renting.staff();
        var wallet = dunningFixture.customer("0.01");
        var organization = dunningFixture.organization(wallet);
        dunningFixture.advanceDays(8);
        var until = dunningFixture.renting.billingFixture.clock.instant().plus(Duration.ofDays(20));
        assertThat(dunningFixture.<Boolean>as(
                        anna, () -> dunningFixture.dunning.pause(organization, "they have promised", until)))
                .isTrue();
        dunningFixture.advanceDays(19);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1 SUSPEND1");
        assertThat(dunningFixture.<Boolean>as(
                        anna, () -> dunningFixture.dunning.pause(organization, "again", until.plusSeconds(9))))
                .isTrue();
        dunningFixture.payAll(wallet);
        dunningFixture.runUnsuspensions();
        assertThat(dunningFixture.states(wallet)).containsExactly("ACTIVE");
        assertThat(dunningFixture.<Boolean>as(anna, () -> dunningFixture.dunning.goOn(organization)))
                .isTrue();
        assertThat(dunningFixture.<Boolean>as(anna, () -> dunningFixture.dunning.goOn(organization)))
                .isFalse();
        assertThat(dunningFixture.texts("select action from %s.audit_record where subject_id = '" + organization
                        + "' and action in ('dunning.paused', 'dunning.resumed') order by seq"))
                .containsExactly("dunning.paused", "dunning.paused", "dunning.resumed");
    }

    @Test
    void takesNoStepWhenItsMailsCannotBeQueued() {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advance(Duration.ofDays(1));
        dunningFixture.advance(Duration.ofDays(2));
        dunningFixture.execute("alter table %s.mail rename to mail_away");
        dunningFixture.runDunning();
        assertThat(dunningFixture.steps(wallet)).isEmpty();
        dunningFixture.execute("alter table %s.mail_away rename to mail");
        dunningFixture.runDunning();
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        assertThat(dunningFixture.debtMails(wallet)).containsExactly("DEBT_REMINDER");
    }

    @Test
    void takesAStepOnceConcurrently() throws InterruptedException {
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advance(Duration.ofDays(1));
        dunningFixture.advance(Duration.ofDays(2));
        var claimedWorkItem = dunningFixture.claimWorkItem();
        dunningFixture.transactions().inspect(claimedWorkItem, 10);
        var ready = new CountDownLatch(2);
        try (var pool = new ClosingExecutor(Executors.newFixedThreadPool(2))) {
            for (var i = 0; i < 2; i++) {
                pool.threads().execute(() -> {
                    ready.countDown();
                    dunningFixture.transactions().take(claimedWorkItem, wallet);
                });
            }
        }
        assertThat(dunningFixture.steps(wallet)).isEqualTo("REMIND1");
        assertThat(dunningFixture.debtMails(wallet)).containsExactly("DEBT_REMINDER");

        dunningFixture.renting.workQueueFixture.expireLeases();
        var later = dunningFixture.claimWorkItem();
        dunningFixture.deliver();
        dunningFixture.advance(Duration.ofDays(4));
        assertThatThrownBy(() -> dunningFixture.transactions().take(claimedWorkItem, wallet))
                .isInstanceOf(WorkItemLostException.class);
        dunningFixture.transactions().inspect(later, 10);
        assertThat(dunningFixture.transactions().take(later, wallet)).isTrue();
    }

    @Test
    void listsUpcomingSteps() {
        var anna = dunningFixture.renting.staff();
        var wallet = dunningFixture.customer("0.51");
        dunningFixture.runDunning();
        var coming = dunningFixture.as(anna, () -> Dunning.UpcomingStep.of(dunningFixture.dunning.near())).stream()
                .filter(one -> one.forecast().debt().walletId().equals(wallet))
                .toList();
        var begins = dunningFixture.renting.billingFixture.clock.instant().plus(Duration.ofHours(51));
        assertThat(coming)
                .extracting(one -> one.step().step().act() + " "
                        + Duration.between(begins, one.step().at()).toDays())
                .containsExactly("REMIND 1", "REMIND 4", "FINAL_NOTICE 7", "SUSPEND 10");
        var compared =
                dunningFixture
                        .as(anna, () -> dunningFixture.dunning.compare(DunningPolicyTest.policy("R2 S9")))
                        .stream()
                        .filter(one -> one.debt().walletId().equals(wallet))
                        .toList();
        assertThat(compared).singleElement().satisfies(one -> {
            assertThat(one.isOther()).isTrue();
            assertThat(one.now()).hasSize(4);
            assertThat(one.then()).hasSize(2);
        });
        assertThat(dunningFixture.<DunningPolicy>as(
                        anna, () -> dunningFixture.dunningPolicies.current().policy()))
                .as("no change")
                .isEqualTo(DunningPolicyTest.policy("R1 R3 F3 S3"));
    }

    @Test
    void listsTakenStepsWithTheirMails() {
        var anna = dunningFixture.renting.staff();
        var wallet = dunningFixture.customer("0.01");
        dunningFixture.advanceDays(5);
        dunningFixture.runDunning();
        var done = dunningFixture.as(anna, () -> dunningFixture.dunning.history(dunningFixture.organization(wallet)));
        assertThat(done).hasSize(2).allSatisfy(one -> {
            assertThat(one.sent()).isEqualTo(2);
            assertThat(one.step().reachedAt()).isPresent();
            assertThat(one.missing().isPositive()).isTrue();
        });
        assertThatThrownBy(() -> dunningFixture.execute("delete from %s.dunning_step"))
                .hasMessageContaining("cannot be changed");
        assertThatThrownBy(() -> dunningFixture.execute("update %s.dunning_step set shortfall = 1"))
                .hasMessageContaining("stays as it is");
    }

    @Test
    void requiresPermissionToChangeThePolicyAndPause() {
        var anna = dunningFixture.renting.staff();
        assertThat(dunningFixture.<DunningPolicies.Outcome>as(
                        anna, () -> dunningFixture.dunningPolicies.publish(0, DunningPolicyTest.policy("R1"))))
                .isEqualTo(DunningPolicies.Outcome.OUTDATED);
        assertThat(dunningFixture.<DunningPolicies.Outcome>as(
                        anna,
                        () -> dunningFixture.dunningPolicies.publish(
                                dunningFixture.dunningCases.inForce().number(), DunningPolicyTest.policy("S1"))))
                .isEqualTo(DunningPolicies.Outcome.INVALID);
        assertThat(dunningFixture.<DunningPolicies.Outcome>as(
                        anna,
                        () -> dunningFixture.dunningPolicies.publish(
                                dunningFixture.dunningCases.inForce().number(),
                                DunningPolicyTest.policy("R1 R3 F3 S3"))))
                .isEqualTo(DunningPolicies.Outcome.UNCHANGED);
        dunningFixture.execute(
                "update %s.staff_member set role = 'staff_support' where person_id = '" + anna.personId() + "'");
        assertThatThrownBy(() -> dunningFixture.as(
                        anna,
                        () -> dunningFixture.dunningPolicies.publish(
                                dunningFixture.dunningCases.inForce().number(), DunningPolicyTest.policy("R1"))))
                .isInstanceOf(AccessDeniedException.class);
        var organization = dunningFixture.organization(dunningFixture.customer("1"));
        assertThatThrownBy(() -> dunningFixture.as(anna, () -> dunningFixture.dunning.goOn(organization)))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void suspendsPatientPlansLaterAndExemptPlansNever() {
        publish("R1 R3 F3 S3 T7", rule(patient, 4, 10), rule(spared, null, 0));
        var wallet = dunningFixture.customer("0.03");
        var web = service(wallet);
        var data = dunningFixture.rent(wallet, patient);
        var mail = dunningFixture.rent(wallet, spared);
        dunningFixture.advanceDays(10);
        assertThat(states(web, data, mail)).containsExactly("ACTIVE", "ACTIVE", "ACTIVE");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).endsWith("FINAL_NOTICE1 SUSPEND1");
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "ACTIVE", "ACTIVE");
        dunningFixture.advanceDays(3);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "ACTIVE", "ACTIVE");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).endsWith("SUSPEND1 SUSPEND1.2");
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        dunningFixture.advanceDays(2);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).endsWith("SUSPEND1.2 TERMINATE1");
        assertThat(states(web, data, mail)).containsExactly("TERMINATED", "SUSPENDED", "ACTIVE");
        dunningFixture.advanceDays(13);
        assertThat(states(web, data, mail)).containsExactly("TERMINATED", "SUSPENDED", "ACTIVE");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).endsWith("TERMINATE1 TERMINATE1.2");
        assertThat(states(web, data, mail)).containsExactly("TERMINATED", "TERMINATED", "ACTIVE");
        dunningFixture.advanceDays(100);
        assertThat(dunningFixture.steps(wallet)).endsWith("TERMINATE1 TERMINATE1.2");
        assertThat(states(web, data, mail)).containsExactly("TERMINATED", "TERMINATED", "ACTIVE");
        var anna = dunningFixture.renting.staff();
        assertThat(dunningFixture.as(anna, () -> dunningFixture.dunning.history(dunningFixture.organization(wallet))))
                .extracting(stepHistory ->
                        stepHistory.step().act() + " " + stepHistory.step().turn() + " "
                                + stepHistory.services().size())
                .containsExactly(
                        "TERMINATE 2 1",
                        "TERMINATE 1 1",
                        "SUSPEND 2 1",
                        "SUSPEND 1 1",
                        "FINAL_NOTICE 1 0",
                        "REMIND 1 0",
                        "REMIND 1 0");
    }

    @Test
    void unsuspendsServicesOfAllTurnsOnPayment() {
        publish("R1 R3 F3 S3", rule(patient, 4, 0), rule(spared, null, 0));
        var wallet = dunningFixture.customer("0.03");
        var web = service(wallet);
        var data = dunningFixture.rent(wallet, patient);
        var mail = dunningFixture.rent(wallet, spared);
        dunningFixture.advanceDays(15);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        dunningFixture.payAll(wallet);
        dunningFixture.runUnsuspensions();
        assertThat(states(web, data, mail)).containsExactly("ACTIVE", "ACTIVE", "ACTIVE");
        dunningFixture.advanceDays(11);
        assertThat(states(web, data, mail))
                .as("a later debt takes all turns again")
                .containsExactly("SUSPENDED", "ACTIVE", "ACTIVE");
        dunningFixture.payAll(wallet);
        dunningFixture.advanceDays(1);
        assertThat(states(web, data, mail)).containsExactly("ACTIVE", "ACTIVE", "ACTIVE");
        dunningFixture.advanceDays(4);
        assertThat(dunningFixture.steps(wallet))
                .as("no further turn after payment")
                .doesNotEndWith("SUSPEND1.2");
    }

    @Test
    void appliesTheRuleOfTheNewPlanAfterAResize() {
        publish("R1 R3 F3 S3 T7", rule(patient, 10, 0), rule(spared, null, 0));
        var wallet = dunningFixture.customer("0.06");
        var web = service(wallet);
        var sooner = dunningFixture.rent(wallet, patient);
        var never = dunningFixture.rent(wallet, patient);
        var later = dunningFixture.rent(wallet, spared);
        dunningFixture.advanceDays(12);
        assertThat(states(web, sooner, never, later)).containsExactly("SUSPENDED", "ACTIVE", "ACTIVE", "ACTIVE");
        dunningFixture.resize(wallet, sooner, dunningFixture.price);
        dunningFixture.resize(wallet, never, spared);
        dunningFixture.resize(wallet, later, patient);
        dunningFixture.runDunning();
        dunningFixture.deliver();
        assertThat(dunningFixture.steps(wallet)).endsWith("SUSPEND1 SUSPEND1.2");
        assertThat(states(web, sooner, never, later)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE", "ACTIVE");
        dunningFixture.advanceDays(9);
        assertThat(dunningFixture.steps(wallet)).endsWith("SUSPEND1.2 TERMINATE1 TERMINATE1.2 SUSPEND1.3");
        assertThat(states(web, sooner, never, later))
                .containsExactly("TERMINATED", "TERMINATED", "ACTIVE", "SUSPENDED");
    }

    @Test
    void givesServicesStartedMeanwhileTheirFullPeriod() {
        var wallet = dunningFixture.customer("0.01");
        var web = service(wallet);
        dunningFixture.advanceDays(9);
        var early = dunningFixture.rent(wallet);
        dunningFixture.advanceDays(3);
        var late = dunningFixture.rent(wallet);
        assertThat(dunningFixture.steps(wallet)).endsWith("SUSPEND1 SUSPEND1.2");
        assertThat(states(web, early, late)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        dunningFixture.advanceDays(2);
        assertThat(states(web, early, late)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.steps(wallet)).endsWith("SUSPEND1.2 SUSPEND1.3");
        dunningFixture.payAll(wallet);
        dunningFixture.runUnsuspensions();
        assertThat(states(web, early, late)).containsExactly("ACTIVE", "ACTIVE", "ACTIVE");
    }

    @Test
    void respectsServicesResumedByStaff() {
        var wallet = dunningFixture.customer("0.02");
        var web = service(wallet);
        var theirs = dunningFixture.rent(wallet);
        run(() -> dunningFixture.renting.suspensions.suspend(theirs, "it attacks others"));
        dunningFixture.advanceDays(12);
        run(() -> {
            dunningFixture.renting.suspensions.resume(web, "to look at it");
            dunningFixture.renting.suspensions.resume(theirs, "it does so no more");
        });
        dunningFixture.advanceDays(2);
        assertThat(states(web, theirs)).containsExactly("ACTIVE", "ACTIVE");
        dunningFixture.advanceDays(1);
        assertThat(states(web, theirs)).containsExactly("ACTIVE", "SUSPENDED");
        dunningFixture.advanceDays(20);
        assertThat(states(web, theirs)).containsExactly("ACTIVE", "SUSPENDED");
    }

    @Test
    void appliesAChangedRuleFromNowOnWithoutRepeatingTurns() {
        publish("R1 R3 F3 S3", rule(patient, 20, 0), rule(spared, null, 0));
        var wallet = dunningFixture.customer("0.03");
        var web = service(wallet);
        var data = dunningFixture.rent(wallet, patient);
        var mail = dunningFixture.rent(wallet, spared);
        dunningFixture.advanceDays(12);
        publish("R1 R3 F3 S3", rule(patient, 3, 0), rule(spared, 5, 0));
        dunningFixture.advanceDays(1);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "ACTIVE", "ACTIVE");
        dunningFixture.advanceDays(1);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        publish("R1 R3 F3 S3");
        dunningFixture.runDunning();
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "SUSPENDED");
        publish("R1 R3 F3 S3", rule(dunningFixture.price, 30, 0));
        dunningFixture.advanceDays(5);
        assertThat(dunningFixture.steps(wallet)).endsWith("FINAL_NOTICE1 SUSPEND1 SUSPEND1.2 SUSPEND1.3");
        assertThat(states(web, data, mail))
                .as("suspended services stay suspended")
                .containsOnly("SUSPENDED");
        assertThat(dunningFixture.texts("select s.version - min(s.version) over () from %s.dunning_step s"
                        + " join %s.dunning_case e on e.id = s.case_id and e.wallet_id = '" + wallet
                        + "' where s.action = 'SUSPEND' order by s.turn"))
                .containsExactly("0", "1", "2");
    }

    @Test
    void takesNoFurtherTurnAfterAFailedMail() {
        publish("R1 R3 F3 S3", rule(patient, 2, 0));
        var wallet = dunningFixture.customer("0.02");
        var data = dunningFixture.rent(wallet, patient);
        dunningFixture.advanceDays(10);
        dunningFixture.advance(Duration.ofDays(1));
        dunningFixture.deliver();
        dunningFixture.runDunning();
        dunningFixture.rejectMails();
        assertThat(dunningFixture.steps(wallet)).endsWith("SUSPEND1");
        dunningFixture.advanceDays(10);
        assertThat(dunningFixture.state(data)).isEqualTo("ACTIVE");
        dunningFixture.execute("update %s.mail set state = 'WAITING' where state = 'FAILED'");
        dunningFixture.deliver();
        dunningFixture.runDunning();
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.state(data)).as("the mail announces two days").isEqualTo("ACTIVE");
        dunningFixture.advanceDays(1);
        assertThat(dunningFixture.state(data)).isEqualTo("SUSPENDED");
    }

    @Test
    void rollsBackAFailedSecondTurn() {
        publish("R1 R3 F3 S3", rule(patient, 2, 0));
        var wallet = dunningFixture.customer("0.02");
        var data = dunningFixture.rent(wallet, patient);
        dunningFixture.advanceDays(12);
        dunningFixture.execute("alter table %s.mail rename to mail_away");
        dunningFixture.advance(Duration.ofDays(1));
        dunningFixture.runDunning();
        assertThat(dunningFixture.steps(wallet)).endsWith("FINAL_NOTICE1 SUSPEND1");
        assertThat(dunningFixture.state(data)).isEqualTo("ACTIVE");
        dunningFixture.execute("alter table %s.mail_away rename to mail");
        dunningFixture.runDunning();
        dunningFixture.runDunning();
        assertThat(dunningFixture.steps(wallet)).endsWith("FINAL_NOTICE1 SUSPEND1 SUSPEND1.2");
        assertThat(dunningFixture.debtMails(wallet)).endsWith("DEBT_FINAL_NOTICE", "DEBT_SUSPENDED", "DEBT_SUSPENDED");
    }

    @Test
    void chargesNothingWhileSuspendedIfTheRuleSaysSo() {
        publish(
                "R1 R3 F3 S3",
                new PlanDunningRule(dunningFixture.plan(patient), Optional.of(0), Optional.of(0), Optional.of(false)));
        var wallet = dunningFixture.customer("0.02");
        var data = dunningFixture.rent(wallet, patient);
        dunningFixture.advanceDays(11);
        assertThat(states(service(wallet), data)).containsExactly("SUSPENDED", "SUSPENDED");
        assertThat(dunningFixture.debtMails(wallet)).endsWith("DEBT_SUSPENDED_PARTLY_CHARGED");
        assertThat(dunningFixture.texts(
                        "select distinct m.variables ->> 'names' || '/' || (m.variables ->> 'free') from %s.mail m"
                                + " where m.template = 'DEBT_SUSPENDED_PARTLY_CHARGED'"))
                .containsExactly("web\nweb/web");
        var off = dunningFixture.renting.billingFixture.balance(wallet);
        dunningFixture.advance(Duration.ofDays(1));
        assertThat(dunningFixture.renting.billingFixture.balance(wallet))
                .as("one of two services")
                .isEqualTo(off.minus(money("0.24")));
    }

    @Test
    void listsWhichServicesAreSuspendedWhen() {
        publish("R1 R3 F3 S3", rule(patient, 4, 0), rule(spared, null, 0));
        var wallet = dunningFixture.customer("0.03");
        var data = dunningFixture.rent(wallet, patient);
        var mail = dunningFixture.rent(wallet, spared);
        dunningFixture.advanceDays(3);
        var anna = dunningFixture.renting.staff();
        var dunningForecast = dunningFixture
                .as(anna, () -> dunningFixture.dunning.of(dunningFixture.organization(wallet)))
                .get(0);
        assertThat(dunningForecast.ahead())
                .extracting(coming -> coming.step().act() + "" + coming.turn() + " "
                        + coming.services().size())
                .containsExactly("REMIND1 0", "FINAL_NOTICE1 0", "SUSPEND1 1", "SUSPEND2 1");
        assertThat(dunningForecast.ahead().get(3).services())
                .extracting(DunningStatus::serviceId)
                .containsExactly(data);
        assertThat(dunningForecast.kept()).extracting(DunningStatus::serviceId).containsExactly(mail);
        assertThat(dunningForecast.isPartly(DunningAction.SUSPEND)).isTrue();
        var compared =
                dunningFixture
                        .as(anna, () -> dunningFixture.dunning.compare(DunningPolicyTest.policy("R1 R3 F3 S3")))
                        .stream()
                        .filter(one -> one.debt().walletId().equals(wallet))
                        .toList();
        assertThat(compared).singleElement().satisfies(one -> {
            assertThat(one.isOther()).isTrue();
            assertThat(one.then().get(2).services()).hasSize(3);
        });
        dunningFixture.advanceDays(8);
        var later = dunningFixture
                .as(anna, () -> dunningFixture.dunning.of(dunningFixture.organization(wallet)))
                .get(0);
        assertThat(later.isSuspended() && later.isPartlySuspended()).isTrue();
        assertThat(later.ahead()).hasSize(1);
    }

    @Test
    void refusesRulesOfUnknownPlansAndKeepsOldVersions() {
        var anna = dunningFixture.renting.staff();
        var rules = List.of(rule(patient, 4, 0), rule(spared, null, 0));
        var dunningPolicy =
                new DunningPolicy(DunningPolicyTest.policy("R1 R3 F3 S3").steps(), true, rules);
        var stranger = new PlanDunningRule(UUID.randomUUID(), Optional.of(4), Optional.of(0), Optional.empty());
        assertThat(published(anna, new DunningPolicy(dunningPolicy.steps(), true, List.of(stranger))))
                .isEqualTo(DunningPolicies.Outcome.UNKNOWN_PLAN);
        assertThat(published(anna, dunningPolicy)).isEqualTo(DunningPolicies.Outcome.DONE);
        assertThat(dunningFixture.<DunningPolicy>as(
                        anna, () -> dunningFixture.dunningPolicies.current().policy()))
                .isEqualTo(dunningPolicy);
        assertThat(published(anna, dunningPolicy)).isEqualTo(DunningPolicies.Outcome.UNCHANGED);
        assertThatThrownBy(() -> dunningFixture.execute("delete from %s.dunning_plan_rule"))
                .hasMessageContaining("cannot be changed");
    }

    private static DunningPolicies.Outcome published(Actor who, DunningPolicy dunningPolicy) {
        return dunningFixture.as(
                who,
                () -> dunningFixture.dunningPolicies.publish(
                        dunningFixture.dunningCases.inForce().number(), dunningPolicy));
    }

    /** Returns a rule for the plan with that price: additional days until suspension, null for never, and until termination. */
    private static PlanDunningRule rule(UUID price, @Nullable Integer suspendMore, @Nullable Integer terminateMore) {
        return new PlanDunningRule(
                dunningFixture.plan(price),
                Optional.ofNullable(suspendMore),
                Optional.ofNullable(terminateMore),
                Optional.empty());
    }

    private static List<String> states(UUID... services) {
        return Arrays.stream(services).map(dunningFixture::state).toList();
    }

    private static void publish(String steps, PlanDunningRule... rules) {
        var dunningPolicy = new DunningPolicy(DunningPolicyTest.policy(steps).steps(), true, List.of(rules));
        var unused = dunningFixture.renting.billingFixture.<DunningPolicies.Outcome>in(
                () -> dunningFixture.dunningPolicies.publish(
                        dunningFixture.dunningCases.inForce().number(), dunningPolicy));
    }

    private static void publish(String steps, boolean isCharging) {
        var dunningPolicy = new DunningPolicy(DunningPolicyTest.policy(steps).steps(), isCharging);
        var unused = dunningFixture.renting.billingFixture.<DunningPolicies.Outcome>in(
                () -> dunningFixture.dunningPolicies.publish(
                        dunningFixture.dunningCases.inForce().number(), dunningPolicy));
    }

    private static UUID service(UUID wallet) {
        return UUID.fromString(dunningFixture
                .texts("select id from %s.service where wallet_id = '" + wallet + "'")
                .get(0));
    }

    private static void run(Runnable action) {
        dunningFixture.renting.billingFixture.in(() -> {
            action.run();
            return true;
        });
    }

    /** Waits for its threads. */
    private record ClosingExecutor(java.util.concurrent.ExecutorService threads) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            threads.shutdown();
            assertThat(threads.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES))
                    .isTrue();
        }
    }
}
