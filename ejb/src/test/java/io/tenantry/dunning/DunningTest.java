package io.tenantry.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.admin.auditor.Violation;
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
    private static DunningFixture here;
    private static UUID patient;
    private static UUID spared;

    @BeforeAll
    static void open() {
        here = new DunningFixture("dunned-" + tests);
        patient = here.renting.billingFixture.price("7.30");
        spared = here.renting.billingFixture.price("7.30");
        here.renting.billingFixture.clock.stopAt(DunningFixture.NOON);
    }

    @BeforeEach
    void clear() {
        if (tests > 0 && tests % TESTS_OF_A_RESELLER == 0) {
            open();
        }
        tests++;
        here.renting.workQueueFixture.clear();
        publish("R1 R3 F3 S3");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(here.renting.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(here.renting.billingFixture.tenant))
                .extracting(Violation::invariant)
                .doesNotContain(
                        "open-period-of-running-service",
                        "charges-match-periods",
                        "wallet-balance-status",
                        "paused-hours",
                        "periods-contiguous",
                        "month-cap",
                        "period-cap");
    }

    @Test
    void whoDoesNotPayIsRemindedAndSuspendedInTime() {
        var wallet = here.customer("0.01");
        here.days(1);
        assertThat(here.steps(wallet)).isEmpty();
        here.days(1);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        here.days(2);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        here.days(6);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1");
        assertThat(here.states(wallet)).containsExactly("ACTIVE");
        here.days(1);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1 SUSPEND1");
        assertThat(here.states(wallet)).containsExactly("SUSPENDED for debt");
        here.days(60);
        assertThat(here.steps(wallet))
                .as("never ended unless the ladder says so")
                .hasSize(38);
        assertThat(here.letters(wallet))
                .containsExactly("DEBT_REMINDER", "DEBT_REMINDER", "DEBT_FINAL_NOTICE", "DEBT_SUSPENDED");
    }

    @Test
    void aPaymentUnsuspendsAtOnceAndALaterDebtStartsANewCase() {
        var wallet = here.customer("0.01");
        here.days(12);
        assertThat(here.states(wallet)).containsExactly("SUSPENDED for debt");
        here.pays(wallet, "0.05");
        here.bringBack();
        assertThat(here.states(wallet)).as("not all of it").containsExactly("SUSPENDED for debt");
        here.paysAll(wallet);
        here.pass(Duration.ofHours(1));
        assertThat(here.renting.billingFixture.balance(wallet).isNegative()).isTrue();
        here.bringBack();
        assertThat(here.states(wallet)).as("although more is owed by now").containsExactly("ACTIVE");
        assertThat(here.letters(wallet)).endsWith("DEBT_SUSPENDED", "DEBT_PAID");

        here.days(2);
        assertThat(here.steps(wallet)).endsWith(", REMIND1");
        assertThat(here.states(wallet)).containsExactly("ACTIVE");
    }

    @Test
    void whatIsAskedForIsEnough() {
        var wallet = here.customer("0.0149");
        here.days(1);
        var dunningCase = here.renting.billingFixture.in(
                () -> here.dunningCases.of(wallet).orElseThrow());
        assertThat(dunningCase.missing()).isEqualTo(here.renting.billingFixture.money("0.2251"));
        assertThat(dunningCase.toPay()).isEqualTo(here.renting.billingFixture.money("0.23"));
        here.pays(wallet, dunningCase.toPay().amount().toPlainString());
        assertThat(here.renting
                        .billingFixture
                        .in(() -> here.dunningCases.of(wallet).orElseThrow())
                        .episodeId())
                .isEmpty();
    }

    @Test
    void aServerGoesOffAndComesBack() {
        var wallet = here.renting.billingFixture.wallet("0.03");
        here.renting.organization(wallet);
        var server = here.renting.up(wallet);
        here.days(12);
        here.renting.work();
        assertThat(here.renting.stands(server)).isEqualTo("SUSPENDED OFF");
        here.paysAll(wallet);
        here.bringBack();
        here.renting.work();
        assertThat(here.renting.stands(server)).isEqualTo("ACTIVE ON");
    }

    @Test
    void aServerIsIsolatedByPolicyAndReconnectedRegardlessOfLaterPolicies() {
        publish(SuspensionMethod.NETWORK);
        var wallet = here.renting.billingFixture.wallet("0.03");
        here.renting.organization(wallet);
        var server = here.renting.up(wallet);
        here.days(12);
        here.renting.work();
        assertThat(here.renting.reached(server)).isEqualTo("SUSPENDED ON ISOLATED");
        assertThat(here.states(wallet)).containsExactly("SUSPENDED for debt");
        publish(SuspensionMethod.POWER);
        here.days(2);
        here.renting.work();
        assertThat(here.renting.reached(server)).as("as it was suspended").isEqualTo("SUSPENDED ON ISOLATED");

        here.paysAll(wallet);
        here.bringBack();
        here.bringBack();
        here.renting.work();
        assertThat(here.renting.reached(server)).isEqualTo("ACTIVE ON CONNECTED");
        assertThat(here.letters(wallet)).endsWith("DEBT_SUSPENDED", "DEBT_PAID");
        assertThat(here.texts("select facts ->> 'cut_off' from %s.audit_record where action = 'dunning.step_taken' and"
                        + " facts ->> 'step' = 'SUSPEND' and subject_id = '" + here.organization(wallet) + "'"))
                .containsExactly("1");
        assertThat(here.as(here.renting.staff(), () -> here.dunning.history(here.organization(wallet)))
                        .get(0)
                        .cutOff())
                .isEqualTo(1);
    }

    @Test
    void aPoweredOffServerIsPoweredOnUnderAnIsolatingPolicy() {
        var wallet = here.renting.billingFixture.wallet("0.03");
        here.renting.organization(wallet);
        var server = here.renting.up(wallet);
        here.days(12);
        here.renting.work();
        publish(SuspensionMethod.NETWORK);
        here.days(1);
        here.renting.work();
        assertThat(here.renting.reached(server)).isEqualTo("SUSPENDED OFF CONNECTED");
        here.paysAll(wallet);
        here.bringBack();
        here.renting.work();
        assertThat(here.renting.reached(server)).isEqualTo("ACTIVE ON CONNECTED");
    }

    @Test
    void whereAProviderCannotOrWillNotCutOffItIsSwitchedOff() {
        publish(SuspensionMethod.NETWORK);
        var wallet = here.renting.billingFixture.wallet("0.03");
        here.renting.organization(wallet);
        var server = here.renting.up(wallet);
        var other = here.renting.billingFixture.wallet("0.03");
        here.renting.organization(other);
        var refused = here.renting.up(other);
        here.renting.isPlain(true);
        here.days(12);
        here.renting.work();
        here.renting.isPlain(false);
        assertThat(here.renting.reached(server)).isEqualTo("SUSPENDED OFF CONNECTED");
        assertThat(here.texts("select suspended_by from %s.dunning_suspension where service_id = '" + server + "'"))
                .containsExactly("POWER");

        here.paysAll(other);
        here.bringBack();
        here.renting.work();
        here.renting.isBehindOthers(true);
        here.days(12);
        here.renting.work();
        here.renting.isBehindOthers(false);
        assertThat(here.renting.reached(refused)).isEqualTo("SUSPENDED OFF CONNECTED");
        here.paysAll(wallet);
        here.paysAll(other);
        here.bringBack();
        here.renting.work();
        assertThat(here.renting.reached(server)).isEqualTo("ACTIVE ON CONNECTED");
        assertThat(here.renting.reached(refused)).isEqualTo("ACTIVE ON CONNECTED");
    }

    @Test
    void anotherWayIsAnotherPolicyAndIsSeenInItsDryRun() {
        var wallet = here.customer("0.01");
        here.days(3);
        var anna = here.renting.staff();
        var other = policy(SuspensionMethod.NETWORK);
        var policyComparison = here.as(anna, () -> here.dunning.compare(other)).stream()
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
        assertThat(here.renting.billingFixture.in(
                        () -> here.dunningCases.inForce().policy()))
                .isEqualTo(other);
    }

    private static DunningPolicy policy(SuspensionMethod by) {
        return new DunningPolicy(DunningPolicyTest.policy("R1 R3 F3 S3").steps(), true, List.of(), List.of(), by);
    }

    private static void publish(SuspensionMethod by) {
        assertThat(published(here.renting.staff(), policy(by))).isEqualTo(DunningPolicies.Outcome.DONE);
    }

    @Test
    void whatIsSwitchedOffCostsNothingIfThePolicySaysSo() {
        publish("R1 R3 F3 S3", false);
        var wallet = here.customer("0.01");
        here.days(10);
        var running = here.renting.billingFixture.balance(wallet);
        here.days(1);
        assertThat(here.states(wallet)).containsExactly("SUSPENDED for debt");
        assertThat(here.letters(wallet)).endsWith("DEBT_SUSPENDED_UNCHARGED");
        var off = here.renting.billingFixture.balance(wallet);
        assertThat(off).as("the day until it was switched off").isEqualTo(running.minus(money("0.24")));
        here.days(40);
        assertThat(here.renting.billingFixture.balance(wallet))
                .as("nothing since")
                .isEqualTo(off);
        var missing = here.renting
                .billingFixture
                .in(() -> here.dunningCases.of(wallet).orElseThrow())
                .missing();
        assertThat(missing).isEqualTo(off.negated());

        here.pays(wallet, "100");
        here.bringBack();
        assertThat(here.states(wallet)).containsExactly("ACTIVE");
        var back = here.renting.billingFixture.balance(wallet);
        assertThat(back).as("the hour that it comes back in").isEqualTo(off.plus(money("99.99")));
        here.pass(Duration.ofHours(5));
        assertThat(here.renting.billingFixture.balance(wallet)).isEqualTo(back.minus(money("0.04")));
    }

    @Test
    void staffWhoLiftASuspensionLetItBeChargedAgain() {
        publish("R1 R3 F3 S3", false);
        var wallet = here.customer("0.01");
        here.days(11);
        var service = service(wallet);
        var off = here.renting.billingFixture.balance(wallet);
        run(() -> here.renting.suspensions.resume(service, "to look at it"));
        assertThat(here.renting.billingFixture.balance(wallet)).isEqualTo(off.minus(money("0.01")));
        run(() -> here.renting.suspensions.suspend(service, "it attacks others"));
        here.pass(Duration.ofHours(2));
        assertThat(here.renting.billingFixture.balance(wallet)).isEqualTo(off.minus(money("0.02")));
    }

    @Test
    void whatIsSwitchedOffAndCostsNothingIsEndedWithoutCostingMore() {
        publish("R1 F1 S1 T7", false);
        var wallet = here.customer("0.01");
        here.days(4);
        assertThat(here.states(wallet)).containsExactly("SUSPENDED for debt");
        var off = here.renting.billingFixture.balance(wallet);
        here.days(8);
        assertThat(here.states(wallet)).containsExactly("TERMINATED for debt");
        assertThat(here.renting.billingFixture.balance(wallet)).isEqualTo(off);
    }

    private static Money money(String amount) {
        return here.renting.billingFixture.money(amount);
    }

    @Test
    void whatStaffSuspendedStaysAsItIs() {
        var wallet = here.customer("0.01");
        var theirs = here.rent(wallet);
        run(() -> here.renting.suspensions.suspend(theirs, "it attacks others"));
        here.days(12);
        assertThat(here.states(wallet)).containsExactlyInAnyOrder("SUSPENDED for debt", "SUSPENDED");
        here.paysAll(wallet);
        here.bringBack();
        assertThat(here.states(wallet)).containsExactlyInAnyOrder("ACTIVE", "SUSPENDED");
    }

    @Test
    void whatStaffTakeOverIsNotBroughtBack() {
        var wallet = here.customer("0.01");
        here.days(12);
        var service = service(wallet);
        run(() -> {
            here.renting.suspensions.resume(service, "to look at it");
            here.renting.suspensions.suspend(service, "it attacks others");
        });
        here.paysAll(wallet);
        here.bringBack();
        assertThat(here.states(wallet)).containsExactly("SUSPENDED");
    }

    @Test
    void aPlatformThatSleptSuspendsNobodyUnwarned() {
        var wallet = here.customer("0.01");
        here.pass(Duration.ofDays(1));
        here.pass(Duration.ofDays(90));
        here.round();
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        here.deliver();
        here.round();
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        here.days(9);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1 SUSPEND1");
    }

    @Test
    void nothingFollowsALetterThatDidNotGoOut() {
        var wallet = here.customer("0.01");
        here.pass(Duration.ofDays(1));
        here.pass(Duration.ofDays(2));
        here.round();
        here.refuse();
        here.days(40);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        assertThat(here.texts("select coalesce(s.reached_at::text, '-') from %s.dunning_step s join %s.dunning_case e"
                        + " on e.id = s.case_id where e.wallet_id = '" + wallet + "'"))
                .containsExactly("-");

        here.change("update %s.mail set state = 'WAITING' where state = 'FAILED'");
        here.deliver();
        here.round();
        here.days(2);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        here.days(1);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2");
    }

    @Test
    void nobodyIsSuspendedOfWhomNobodyCanBeWrittenTo() {
        var wallet = here.renting.billingFixture.wallet("0.01");
        here.renting.organization(wallet);
        here.rent(wallet);
        here.change("update %s.person set state = 'DISABLED' where id in (select person_id from"
                + " %s.membership where organization_id = '" + here.organization(wallet) + "')");
        here.change(
                "update %s.organization set billing_email = 'none yet' where id = '" + here.organization(wallet) + "'");
        here.days(30);
        assertThat(here.steps(wallet)).isEmpty();
        assertThat(here.states(wallet)).containsExactly("ACTIVE");
    }

    @Test
    void lettersGoToTheAddressForDocumentsTooEachAddressOnceAndInTheLanguageOfDocuments() {
        var wallet = here.customer("0.01");
        var organization = here.organization(wallet);
        here.bills(wallet, "Invoices@Kiosk.example");
        here.change("insert into %s.document_template (version, language, recorded_at, recorded_by)"
                + " select coalesce(max(version), 0) + 1, 'DE', now(), 'test' from %s.document_template");
        here.days(2);
        var letters = here.mails(wallet, "recipient || ' ' || locale || ' ' || (variables ->> 'name')");
        assertThat(letters).hasSize(2).contains("invoices@kiosk.example de Kiosk");
        assertThat(here.as(here.renting.staff(), () -> here.dunning.history(organization)))
                .singleElement()
                .returns(2, Dunning.StepHistory::sent);

        here.change("update %s.person set email = 'invoices@kiosk.example', locale = 'en' where id in (select"
                + " person_id from %s.membership where organization_id = '" + organization + "')");
        here.days(3);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        assertThat(here.mails(wallet, "recipient || ' ' || locale || ' ' || (variables ->> 'name')"))
                .as("one address of two")
                .hasSize(3)
                .endsWith("invoices@kiosk.example en Olga");
    }

    @Test
    void aLetterNamesWhatIsOpenWithItsDueDateAndAnotherCustomersNot() {
        var clock = here.renting.billingFixture.clock;
        var invoicingFixture = new InvoicingFixture(here.renting.billingFixture);
        clock.stopAt(Instant.parse("2028-02-27T12:00:00Z"));
        var wallet = here.customer("0.01");
        var other = here.customer("0.01");
        here.days(4);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        assertThat(here.mails(wallet, "variables ->> 'documents'")).containsOnly("");

        clock.stopAt(Instant.parse("2028-03-04T12:00:00Z"));
        var zone = ZoneId.of(Database.texts("select zone from platform.tenant where slug = '"
                        + here.renting.billingFixture.tenant.value() + "'")
                .get(0));
        var february = BillingPeriod.of(YearMonth.of(2028, 2), zone);
        assertThat(invoicingFixture.issue(wallet, february).documents()).isEqualTo(1);
        assertThat(invoicingFixture.issue(other, february).documents()).isEqualTo(1);
        here.days(2);
        assertThat(here.mails(wallet, "variables ->> 'documents'"))
                .as("the document is not due yet")
                .containsOnly("");
        assertThat(here.mails(wallet, "coalesce(variables ->> 'later', '')"))
                .hasSize(4)
                .as("to two people each")
                .startsWith("", "")
                .last()
                .asString()
                .matches("INV-2028-\\d+\t€0[.]59\tMar 18, 2028");
    }

    @Test
    void aStepIsPendingUntilItsFirstMailIsSent() {
        var wallet = here.customer("0.01");
        here.bills(wallet, "books@kiosk.example");
        here.pass(Duration.ofDays(1));
        here.pass(Duration.ofDays(2));
        here.round();
        here.change("update %s.mail set state = 'FAILED', fault_kind = 'REFUSED' where state = 'WAITING' and"
                + " recipient <> 'books@kiosk.example'");
        here.deliver();
        here.round();
        here.days(3);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        assertThat(here.as(here.renting.staff(), () -> here.dunning.history(here.organization(wallet))))
                .last()
                .returns(1, Dunning.StepHistory::sent)
                .returns(1, Dunning.StepHistory::failed);
    }

    @Test
    void whomNobodyButTheAddressForDocumentsBelongsToIsWarnedThere() {
        var wallet = here.customer("0.01");
        here.bills(wallet, "books@kiosk.example");
        here.change("delete from %s.membership where organization_id = '" + here.organization(wallet) + "'");
        here.days(11);
        assertThat(here.steps(wallet)).endsWith("SUSPEND1");
        assertThat(here.mails(wallet, "recipient")).hasSize(4).containsOnly("books@kiosk.example");
    }

    @Test
    void lettersSayHowToPayOnceTheAccountIsKnown() {
        var wallet = here.customer("0.01");
        here.days(2);
        assertThat(here.mails(wallet, "coalesce(variables ->> 'iban', '-')")).containsOnly("-");
        here.change("insert into %s.invoice_seller (name, street, postcode, city, country, vat_number, tax_number,"
                + " register, email, bank, iban, bic, note, recorded_at, recorded_by) values ('Aurora GmbH', 'a', 'b', 'c', 'DE', '',"
                + " '', '', '', 'Bank', 'DE89370400440532013000', 'COBADEFFXXX', '', now(), 'test')");
        here.days(3);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        var reference = here.texts(
                        "select regexp_replace(reference, '(.{4})(?!$)', '\\1 ', 'g') from %s.bank_reference where"
                                + " organization_id = '" + here.organization(wallet) + "'")
                .get(0);
        assertThat(here.mails(
                        wallet,
                        "concat_ws(', ', variables ->> 'holder', variables ->> 'iban', variables ->> 'bic',"
                                + " variables ->> 'reference')"))
                .endsWith("Aurora GmbH, DE89 3704 0044 0532 0130 00, COBADEFFXXX, " + reference);
        here.paysAll(wallet);
        here.change("insert into %s.invoice_seller (name, street, postcode, city, country, vat_number, tax_number,"
                + " register, email, bank, iban, bic, note, recorded_at, recorded_by) values ('Aurora GmbH', 'a', 'b', 'c', 'DE', '',"
                + " '', '', '', '', '', '', '', now(), 'test')");
    }

    @Test
    void whatIsSuspendedIsEndedOnlyIfThePolicySaysSo() {
        publish("R1 R3 F3 S3 T7");
        var wallet = here.customer("0.01");
        var locked = here.rent(wallet);
        here.renting.lock(locked);
        here.days(16);
        assertThat(here.states(wallet)).containsOnly("SUSPENDED for debt");
        here.days(1);
        assertThat(here.steps(wallet)).endsWith("SUSPEND1 TERMINATE1");
        assertThat(here.states(wallet)).containsExactlyInAnyOrder("TERMINATED for debt", "SUSPENDED for debt");
        assertThat(here.renting.workQueueFixture.parkedItems())
                .singleElement()
                .satisfies(item -> assertThat(item.kind()).isEqualTo(TerminateForNonPaymentHandler.KIND));
    }

    @Test
    void whoPaysBeforeTheEndIsNotEnded() {
        publish("R1 R3 F3 S3 T7");
        var wallet = here.customer("0.01");
        here.days(17);
        here.pass(Duration.ofDays(1));
        var claimedWorkItem = here.claimed();
        here.stepwise().inspect(claimedWorkItem, 10);
        assertThat(here.stepwise().take(claimedWorkItem, wallet)).isTrue();
        assertThat(here.steps(wallet)).endsWith("TERMINATE1");
        here.paysAll(wallet);
        here.renting.workQueueFixture.expireLeases();
        here.round();
        assertThat(here.states(wallet)).containsExactly("ACTIVE");
    }

    @Test
    void aChangedPolicyAppliesFromNowOn() {
        var wallet = here.customer("0.01");
        here.days(5);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        publish("R1 R3 F10 S3");
        here.days(9);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2");
        here.days(1);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1");
    }

    @Test
    void aCreditLimitIsNoDebt() {
        var wallet = here.customer("0.01");
        here.renting.billingFixture.limit(wallet, new BigDecimal("100"));
        here.days(30);
        assertThat(here.steps(wallet)).isEmpty();
        here.renting.billingFixture.limit(wallet, BigDecimal.ZERO);
        here.days(2);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        here.renting.billingFixture.in(() -> {
            here.renting.billingFixture.sql.update("update wallet set credit_limit = 100 where id = ?", wallet);
            here.debtClearance.walletMoved(new io.tenantry.billing.wallet.WalletBalanceChanged(wallet));
            return true;
        });
        here.days(10);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
    }

    @Test
    void aWriteOffEndsTheDebtAndTheNextMoneyBringsBack() {
        var wallet = here.customer("0.01");
        here.days(11);
        assertThat(here.states(wallet)).containsExactly("SUSPENDED for debt");
        var debt = here.renting.billingFixture.balance(wallet).negated();
        here.writesOff(wallet, debt.minus(here.renting.billingFixture.money("0.01")));
        here.bringBack();
        assertThat(open(wallet)).as("a part of it is owed").isEqualTo("1");
        here.writesOff(wallet, here.renting.billingFixture.money("0.01"));
        here.bringBack();
        assertThat(open(wallet)).isEqualTo("0");
        assertThat(here.states(wallet)).as("there is nothing to run it with").containsExactly("SUSPENDED for debt");
        here.pays(wallet, "5");
        here.bringBack();
        assertThat(here.states(wallet)).containsExactly("ACTIVE");
    }

    @Test
    void aWriteOffBringsBackWhatACreditLimitCanRun() {
        var wallet = here.customer("0.01");
        here.days(11);
        var debt = here.renting.billingFixture.balance(wallet).negated();
        here.renting.billingFixture.limit(wallet, new BigDecimal("0.5"));
        here.writesOff(wallet, debt);
        here.bringBack();
        assertThat(here.states(wallet)).containsExactly("ACTIVE");
    }

    private static String open(UUID wallet) {
        return here.texts("select count(*)::text from %s.dunning_case where ended_at is null and wallet_id = '" + wallet
                        + "'")
                .get(0);
    }

    @Test
    void aPauseHoldsUpEverythingButTheWayBack() {
        var anna = here.renting.staff();
        var wallet = here.customer("0.01");
        var organization = here.organization(wallet);
        here.days(8);
        var until = here.renting.billingFixture.clock.instant().plus(Duration.ofDays(20));
        assertThat(here.<Boolean>as(anna, () -> here.dunning.pause(organization, "they have promised", until)))
                .isTrue();
        here.days(19);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1");
        here.days(1);
        assertThat(here.steps(wallet)).isEqualTo("REMIND1 REMIND2 FINAL_NOTICE1 SUSPEND1");
        assertThat(here.<Boolean>as(anna, () -> here.dunning.pause(organization, "again", until.plusSeconds(9))))
                .isTrue();
        here.paysAll(wallet);
        here.bringBack();
        assertThat(here.states(wallet)).containsExactly("ACTIVE");
        assertThat(here.<Boolean>as(anna, () -> here.dunning.goOn(organization)))
                .isTrue();
        assertThat(here.<Boolean>as(anna, () -> here.dunning.goOn(organization)))
                .isFalse();
        assertThat(here.texts("select action from %s.audit_record where subject_id = '" + organization
                        + "' and action in ('dunning.paused', 'dunning.resumed') order by seq"))
                .containsExactly("dunning.paused", "dunning.paused", "dunning.resumed");
    }

    @Test
    void whoDiesBetweenAStepAndItsLettersHasTakenNone() {
        var wallet = here.customer("0.01");
        here.pass(Duration.ofDays(1));
        here.pass(Duration.ofDays(2));
        here.change("alter table %s.mail rename to mail_away");
        here.round();
        assertThat(here.steps(wallet)).isEmpty();
        here.change("alter table %s.mail_away rename to mail");
        here.round();
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        assertThat(here.letters(wallet)).containsExactly("DEBT_REMINDER");
    }

    @Test
    void oneOfTwoTakesTheStep() throws InterruptedException {
        var wallet = here.customer("0.01");
        here.pass(Duration.ofDays(1));
        here.pass(Duration.ofDays(2));
        var claimedWorkItem = here.claimed();
        here.stepwise().inspect(claimedWorkItem, 10);
        var ready = new CountDownLatch(2);
        try (var pool = new Closing(Executors.newFixedThreadPool(2))) {
            for (var i = 0; i < 2; i++) {
                pool.threads().execute(() -> {
                    ready.countDown();
                    here.stepwise().take(claimedWorkItem, wallet);
                });
            }
        }
        assertThat(here.steps(wallet)).isEqualTo("REMIND1");
        assertThat(here.letters(wallet)).containsExactly("DEBT_REMINDER");

        here.renting.workQueueFixture.expireLeases();
        var later = here.claimed();
        here.deliver();
        here.pass(Duration.ofDays(4));
        assertThatThrownBy(() -> here.stepwise().take(claimedWorkItem, wallet))
                .isInstanceOf(WorkItemLostException.class);
        here.stepwise().inspect(later, 10);
        assertThat(here.stepwise().take(later, wallet)).isTrue();
    }

    @Test
    void aCalendarSaysWhatHappensToWhom() {
        var anna = here.renting.staff();
        var wallet = here.customer("0.51");
        here.round();
        var coming = here.as(anna, () -> Dunning.UpcomingStep.of(here.dunning.near())).stream()
                .filter(one -> one.forecast().debt().walletId().equals(wallet))
                .toList();
        var begins = here.renting.billingFixture.clock.instant().plus(Duration.ofHours(51));
        assertThat(coming)
                .extracting(one -> one.step().step().act() + " "
                        + Duration.between(begins, one.step().at()).toDays())
                .containsExactly("REMIND 1", "REMIND 4", "FINAL_NOTICE 7", "SUSPEND 10");
        var compared = here.as(anna, () -> here.dunning.compare(DunningPolicyTest.policy("R2 S9"))).stream()
                .filter(one -> one.debt().walletId().equals(wallet))
                .toList();
        assertThat(compared).singleElement().satisfies(one -> {
            assertThat(one.isOther()).isTrue();
            assertThat(one.now()).hasSize(4);
            assertThat(one.then()).hasSize(2);
        });
        assertThat(here.<DunningPolicy>as(
                        anna, () -> here.dunningPolicies.current().policy()))
                .as("nothing was changed")
                .isEqualTo(DunningPolicyTest.policy("R1 R3 F3 S3"));
    }

    @Test
    void whatWasDoneIsKeptWithItsLetters() {
        var anna = here.renting.staff();
        var wallet = here.customer("0.01");
        here.days(5);
        here.round();
        var done = here.as(anna, () -> here.dunning.history(here.organization(wallet)));
        assertThat(done).hasSize(2).allSatisfy(one -> {
            assertThat(one.sent()).isEqualTo(2);
            assertThat(one.step().reachedAt()).isPresent();
            assertThat(one.missing().isPositive()).isTrue();
        });
        assertThatThrownBy(() -> here.change("delete from %s.dunning_step")).hasMessageContaining("cannot be changed");
        assertThatThrownBy(() -> here.change("update %s.dunning_step set shortfall = 1"))
                .hasMessageContaining("stays as it is");
    }

    @Test
    void onlyThoseWhoMayChangeThePolicyAndPause() {
        var anna = here.renting.staff();
        assertThat(here.<DunningPolicies.Outcome>as(
                        anna, () -> here.dunningPolicies.publish(0, DunningPolicyTest.policy("R1"))))
                .isEqualTo(DunningPolicies.Outcome.OUTDATED);
        assertThat(here.<DunningPolicies.Outcome>as(
                        anna,
                        () -> here.dunningPolicies.publish(
                                here.dunningCases.inForce().number(), DunningPolicyTest.policy("S1"))))
                .isEqualTo(DunningPolicies.Outcome.INVALID);
        assertThat(here.<DunningPolicies.Outcome>as(
                        anna,
                        () -> here.dunningPolicies.publish(
                                here.dunningCases.inForce().number(), DunningPolicyTest.policy("R1 R3 F3 S3"))))
                .isEqualTo(DunningPolicies.Outcome.UNCHANGED);
        here.change("update %s.staff_member set role = 'staff_support' where person_id = '" + anna.personId() + "'");
        assertThatThrownBy(() -> here.as(
                        anna,
                        () -> here.dunningPolicies.publish(
                                here.dunningCases.inForce().number(), DunningPolicyTest.policy("R1"))))
                .isInstanceOf(AccessDeniedException.class);
        var organization = here.organization(here.customer("1"));
        assertThatThrownBy(() -> here.as(anna, () -> here.dunning.goOn(organization)))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void servicesOfAPlanThatHasMoreDaysFollowAndOthersAreSpared() {
        publish("R1 R3 F3 S3 T7", rule(patient, 4, 10), rule(spared, null, 0));
        var wallet = here.customer("0.03");
        var web = service(wallet);
        var data = here.rent(wallet, patient);
        var mail = here.rent(wallet, spared);
        here.days(10);
        assertThat(states(web, data, mail)).containsExactly("ACTIVE", "ACTIVE", "ACTIVE");
        here.days(1);
        assertThat(here.steps(wallet)).endsWith("FINAL_NOTICE1 SUSPEND1");
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "ACTIVE", "ACTIVE");
        here.days(3);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "ACTIVE", "ACTIVE");
        here.days(1);
        assertThat(here.steps(wallet)).endsWith("SUSPEND1 SUSPEND1.2");
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        here.days(2);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        here.days(1);
        assertThat(here.steps(wallet)).endsWith("SUSPEND1.2 TERMINATE1");
        assertThat(states(web, data, mail)).containsExactly("TERMINATED", "SUSPENDED", "ACTIVE");
        here.days(13);
        assertThat(states(web, data, mail)).containsExactly("TERMINATED", "SUSPENDED", "ACTIVE");
        here.days(1);
        assertThat(here.steps(wallet)).endsWith("TERMINATE1 TERMINATE1.2");
        assertThat(states(web, data, mail)).containsExactly("TERMINATED", "TERMINATED", "ACTIVE");
        here.days(100);
        assertThat(here.steps(wallet)).endsWith("TERMINATE1 TERMINATE1.2");
        assertThat(states(web, data, mail)).containsExactly("TERMINATED", "TERMINATED", "ACTIVE");
        var anna = here.renting.staff();
        assertThat(here.as(anna, () -> here.dunning.history(here.organization(wallet))))
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
    void whoPaysHasEverythingBackWhicheverTurnItWas() {
        publish("R1 R3 F3 S3", rule(patient, 4, 0), rule(spared, null, 0));
        var wallet = here.customer("0.03");
        var web = service(wallet);
        var data = here.rent(wallet, patient);
        var mail = here.rent(wallet, spared);
        here.days(15);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        here.paysAll(wallet);
        here.bringBack();
        assertThat(states(web, data, mail)).containsExactly("ACTIVE", "ACTIVE", "ACTIVE");
        here.days(11);
        assertThat(states(web, data, mail))
                .as("in another debt all turns are taken anew")
                .containsExactly("SUSPENDED", "ACTIVE", "ACTIVE");
        here.paysAll(wallet);
        here.days(1);
        assertThat(states(web, data, mail)).containsExactly("ACTIVE", "ACTIVE", "ACTIVE");
        here.days(4);
        assertThat(here.steps(wallet)).as("nobody follows once it is paid").doesNotEndWith("SUSPEND1.2");
    }

    @Test
    void aResizeBetweenTwoTurnsIsMadeUnderTheRuleOfTheNewPlan() {
        publish("R1 R3 F3 S3 T7", rule(patient, 10, 0), rule(spared, null, 0));
        var wallet = here.customer("0.06");
        var web = service(wallet);
        var sooner = here.rent(wallet, patient);
        var never = here.rent(wallet, patient);
        var later = here.rent(wallet, spared);
        here.days(12);
        assertThat(states(web, sooner, never, later)).containsExactly("SUSPENDED", "ACTIVE", "ACTIVE", "ACTIVE");
        here.resize(wallet, sooner, here.price);
        here.resize(wallet, never, spared);
        here.resize(wallet, later, patient);
        here.round();
        here.deliver();
        assertThat(here.steps(wallet)).endsWith("SUSPEND1 SUSPEND1.2");
        assertThat(states(web, sooner, never, later)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE", "ACTIVE");
        here.days(9);
        assertThat(here.steps(wallet)).endsWith("SUSPEND1.2 TERMINATE1 TERMINATE1.2 SUSPEND1.3");
        assertThat(states(web, sooner, never, later))
                .containsExactly("TERMINATED", "TERMINATED", "ACTIVE", "SUSPENDED");
    }

    @Test
    void aServiceThatComesUpInBetweenHasAllItsDays() {
        var wallet = here.customer("0.01");
        var web = service(wallet);
        here.days(9);
        var early = here.rent(wallet);
        here.days(3);
        var late = here.rent(wallet);
        assertThat(here.steps(wallet)).endsWith("SUSPEND1 SUSPEND1.2");
        assertThat(states(web, early, late)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        here.days(2);
        assertThat(states(web, early, late)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        here.days(1);
        assertThat(here.steps(wallet)).endsWith("SUSPEND1.2 SUSPEND1.3");
        here.paysAll(wallet);
        here.bringBack();
        assertThat(states(web, early, late)).containsExactly("ACTIVE", "ACTIVE", "ACTIVE");
    }

    @Test
    void whatStaffLetRunIsTheirsIfItWasOffForTheDebtAndHasItsDaysIfItWasNot() {
        var wallet = here.customer("0.02");
        var web = service(wallet);
        var theirs = here.rent(wallet);
        run(() -> here.renting.suspensions.suspend(theirs, "it attacks others"));
        here.days(12);
        run(() -> {
            here.renting.suspensions.resume(web, "to look at it");
            here.renting.suspensions.resume(theirs, "it does so no more");
        });
        here.days(2);
        assertThat(states(web, theirs)).containsExactly("ACTIVE", "ACTIVE");
        here.days(1);
        assertThat(states(web, theirs)).containsExactly("ACTIVE", "SUSPENDED");
        here.days(20);
        assertThat(states(web, theirs)).containsExactly("ACTIVE", "SUSPENDED");
    }

    @Test
    void anotherRuleHoldsFromNowOnAndNoTurnIsTakenTwice() {
        publish("R1 R3 F3 S3", rule(patient, 20, 0), rule(spared, null, 0));
        var wallet = here.customer("0.03");
        var web = service(wallet);
        var data = here.rent(wallet, patient);
        var mail = here.rent(wallet, spared);
        here.days(12);
        publish("R1 R3 F3 S3", rule(patient, 3, 0), rule(spared, 5, 0));
        here.days(1);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "ACTIVE", "ACTIVE");
        here.days(1);
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");
        publish("R1 R3 F3 S3");
        here.round();
        assertThat(states(web, data, mail)).containsExactly("SUSPENDED", "SUSPENDED", "SUSPENDED");
        publish("R1 R3 F3 S3", rule(here.price, 30, 0));
        here.days(5);
        assertThat(here.steps(wallet)).endsWith("FINAL_NOTICE1 SUSPEND1 SUSPEND1.2 SUSPEND1.3");
        assertThat(states(web, data, mail)).as("what is off stays off").containsOnly("SUSPENDED");
        assertThat(here.texts("select s.version - min(s.version) over () from %s.dunning_step s"
                        + " join %s.dunning_case e on e.id = s.case_id and e.wallet_id = '" + wallet
                        + "' where s.action = 'SUSPEND' order by s.turn"))
                .containsExactly("0", "1", "2");
    }

    @Test
    void nobodyFollowsALetterThatDidNotGoOut() {
        publish("R1 R3 F3 S3", rule(patient, 2, 0));
        var wallet = here.customer("0.02");
        var data = here.rent(wallet, patient);
        here.days(10);
        here.pass(Duration.ofDays(1));
        here.deliver();
        here.round();
        here.refuse();
        assertThat(here.steps(wallet)).endsWith("SUSPEND1");
        here.days(10);
        assertThat(here.state(data)).isEqualTo("ACTIVE");
        here.change("update %s.mail set state = 'WAITING' where state = 'FAILED'");
        here.deliver();
        here.round();
        here.days(1);
        assertThat(here.state(data)).as("the letter says two days").isEqualTo("ACTIVE");
        here.days(1);
        assertThat(here.state(data)).isEqualTo("SUSPENDED");
    }

    @Test
    void whoDiesInASecondTurnHasTakenNothingOfIt() {
        publish("R1 R3 F3 S3", rule(patient, 2, 0));
        var wallet = here.customer("0.02");
        var data = here.rent(wallet, patient);
        here.days(12);
        here.change("alter table %s.mail rename to mail_away");
        here.pass(Duration.ofDays(1));
        here.round();
        assertThat(here.steps(wallet)).endsWith("FINAL_NOTICE1 SUSPEND1");
        assertThat(here.state(data)).isEqualTo("ACTIVE");
        here.change("alter table %s.mail_away rename to mail");
        here.round();
        here.round();
        assertThat(here.steps(wallet)).endsWith("FINAL_NOTICE1 SUSPEND1 SUSPEND1.2");
        assertThat(here.letters(wallet)).endsWith("DEBT_FINAL_NOTICE", "DEBT_SUSPENDED", "DEBT_SUSPENDED");
    }

    @Test
    void aPlanMayCostNothingWhileItIsOff() {
        publish(
                "R1 R3 F3 S3",
                new PlanDunningRule(here.plan(patient), Optional.of(0), Optional.of(0), Optional.of(false)));
        var wallet = here.customer("0.02");
        var data = here.rent(wallet, patient);
        here.days(11);
        assertThat(states(service(wallet), data)).containsExactly("SUSPENDED", "SUSPENDED");
        assertThat(here.letters(wallet)).endsWith("DEBT_SUSPENDED_PARTLY_CHARGED");
        assertThat(here.texts(
                        "select distinct m.variables ->> 'names' || '/' || (m.variables ->> 'free') from %s.mail m"
                                + " where m.template = 'DEBT_SUSPENDED_PARTLY_CHARGED'"))
                .containsExactly("web\nweb/web");
        var off = here.renting.billingFixture.balance(wallet);
        here.pass(Duration.ofDays(1));
        assertThat(here.renting.billingFixture.balance(wallet)).as("one of two").isEqualTo(off.minus(money("0.24")));
    }

    @Test
    void aCalendarSaysWhichServiceStopsWhen() {
        publish("R1 R3 F3 S3", rule(patient, 4, 0), rule(spared, null, 0));
        var wallet = here.customer("0.03");
        var data = here.rent(wallet, patient);
        var mail = here.rent(wallet, spared);
        here.days(3);
        var anna = here.renting.staff();
        var dunningForecast =
                here.as(anna, () -> here.dunning.of(here.organization(wallet))).get(0);
        assertThat(dunningForecast.ahead())
                .extracting(coming -> coming.step().act() + "" + coming.turn() + " "
                        + coming.services().size())
                .containsExactly("REMIND1 0", "FINAL_NOTICE1 0", "SUSPEND1 1", "SUSPEND2 1");
        assertThat(dunningForecast.ahead().get(3).services())
                .extracting(DunningStatus::serviceId)
                .containsExactly(data);
        assertThat(dunningForecast.kept()).extracting(DunningStatus::serviceId).containsExactly(mail);
        assertThat(dunningForecast.isPartly(DunningAction.SUSPEND)).isTrue();
        var compared = here.as(anna, () -> here.dunning.compare(DunningPolicyTest.policy("R1 R3 F3 S3"))).stream()
                .filter(one -> one.debt().walletId().equals(wallet))
                .toList();
        assertThat(compared).singleElement().satisfies(one -> {
            assertThat(one.isOther()).isTrue();
            assertThat(one.then().get(2).services()).hasSize(3);
        });
        here.days(8);
        var later =
                here.as(anna, () -> here.dunning.of(here.organization(wallet))).get(0);
        assertThat(later.isSuspended() && later.isPartlySuspended()).isTrue();
        assertThat(later.ahead()).hasSize(1);
    }

    @Test
    void aRuleIsOfAPlanThatThereIsAndStaysAsItWas() {
        var anna = here.renting.staff();
        var rules = List.of(rule(patient, 4, 0), rule(spared, null, 0));
        var dunningPolicy =
                new DunningPolicy(DunningPolicyTest.policy("R1 R3 F3 S3").steps(), true, rules);
        var stranger = new PlanDunningRule(UUID.randomUUID(), Optional.of(4), Optional.of(0), Optional.empty());
        assertThat(published(anna, new DunningPolicy(dunningPolicy.steps(), true, List.of(stranger))))
                .isEqualTo(DunningPolicies.Outcome.UNKNOWN_PLAN);
        assertThat(published(anna, dunningPolicy)).isEqualTo(DunningPolicies.Outcome.DONE);
        assertThat(here.<DunningPolicy>as(
                        anna, () -> here.dunningPolicies.current().policy()))
                .isEqualTo(dunningPolicy);
        assertThat(published(anna, dunningPolicy)).isEqualTo(DunningPolicies.Outcome.UNCHANGED);
        assertThatThrownBy(() -> here.change("delete from %s.dunning_plan_rule"))
                .hasMessageContaining("cannot be changed");
    }

    private static DunningPolicies.Outcome published(Actor who, DunningPolicy dunningPolicy) {
        return here.as(
                who,
                () -> here.dunningPolicies.publish(here.dunningCases.inForce().number(), dunningPolicy));
    }

    /** Returns a rule for the plan with that price: additional days until suspension, null for never, and until termination. */
    private static PlanDunningRule rule(UUID price, @Nullable Integer suspendMore, @Nullable Integer terminateMore) {
        return new PlanDunningRule(
                here.plan(price),
                Optional.ofNullable(suspendMore),
                Optional.ofNullable(terminateMore),
                Optional.empty());
    }

    private static List<String> states(UUID... services) {
        return Arrays.stream(services).map(here::state).toList();
    }

    private static void publish(String steps, PlanDunningRule... rules) {
        var dunningPolicy = new DunningPolicy(DunningPolicyTest.policy(steps).steps(), true, List.of(rules));
        var unused = here.renting.billingFixture.<DunningPolicies.Outcome>in(
                () -> here.dunningPolicies.publish(here.dunningCases.inForce().number(), dunningPolicy));
    }

    private static void publish(String steps, boolean isCharging) {
        var dunningPolicy = new DunningPolicy(DunningPolicyTest.policy(steps).steps(), isCharging);
        var unused = here.renting.billingFixture.<DunningPolicies.Outcome>in(
                () -> here.dunningPolicies.publish(here.dunningCases.inForce().number(), dunningPolicy));
    }

    private static UUID service(UUID wallet) {
        return UUID.fromString(here.texts("select id from %s.service where wallet_id = '" + wallet + "'")
                .get(0));
    }

    private static void run(Runnable action) {
        here.renting.billingFixture.in(() -> {
            action.run();
            return true;
        });
    }

    /** Waits for its threads. */
    private record Closing(java.util.concurrent.ExecutorService threads) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            threads.shutdown();
            assertThat(threads.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES))
                    .isTrue();
        }
    }
}
