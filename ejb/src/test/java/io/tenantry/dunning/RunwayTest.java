package io.tenantry.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.admin.auditor.Violation;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Customers whose balance runs out are reminded at the hours of the policy, each once, whatever happens in between. All pay a cent an hour.
 */
class RunwayTest {
    private static DunningFixture here;

    @BeforeAll
    static void open() {
        here = new DunningFixture("runway");
        here.renting.billingFixture.clock.stopAt(DunningFixture.NOON);
    }

    @BeforeEach
    void clear() {
        here.renting.workQueueFixture.clear();
        publish(72, 12);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(here.renting.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(here.renting.billingFixture.tenant))
                .extracting(Violation::invariant)
                .doesNotContain("wallet-balance-status", "threshold-notified", "audit-chain");
    }

    @Test
    void aTenantThatSaidNothingRemindsAsEver() {
        var quiet = new DunningFixture("runway-quiet");
        assertThat(quiet.renting.billingFixture.in(
                        () -> quiet.dunningCases.inForce().policy().runway()))
                .containsExactly(72);
    }

    @Test
    void eachReminderIsGivenOnceToMembersAndToTheAddressForDocuments() {
        var wallet = here.customer("0.80");
        here.round();
        assertThat(reminded(wallet)).isEmpty();
        here.pass(Duration.ofHours(9));
        here.round();
        here.round();
        assertThat(reminded(wallet)).containsExactly("72 2");
        assertThat(here.texts(
                        "select template || ' ' || (variables ->> 'hours') from %s.mail where idempotency_key like"
                                + " 'runway:" + wallet + ":%%'"))
                .containsExactly("WALLET_LOW 71", "WALLET_LOW 71");
        assertThat(notices(wallet)).containsExactly("WALLET_LOW");
        here.pass(Duration.ofHours(60));
        here.deliver();
        here.round();
        assertThat(reminded(wallet)).containsExactly("72 2", "12 2");
        here.pass(Duration.ofHours(9));
        here.round();
        assertThat(reminded(wallet)).hasSize(2);
        var organization = here.organization(wallet);
        assertThat(here.texts("select facts ->> 'hours' from %s.audit_record where action = 'dunning.runway_reminded'"
                        + " and subject_id = '" + organization + "' order by seq"))
                .containsExactly("72", "12");
        here.deliver();
        assertThat(here.as(here.renting.staff(), () -> here.dunning.history(organization)))
                .extracting(stepHistory ->
                        stepHistory.step().act() + " " + stepHistory.step().nth() + " " + stepHistory.sent() + " "
                                + stepHistory.missing().amount().stripTrailingZeros())
                .containsExactly("RUNWAY 12 2 -0.11", "RUNWAY 72 2 -0.71");
        assertThatThrownBy(() -> Database.asOwner("delete from t_runway.dunning_reminder"))
                .hasMessageContaining("cannot be changed");
        assertThatThrownBy(() -> Database.asOwner("update t_runway.dunning_reminder set balance = 0"))
                .hasMessageContaining("stays as it is");
    }

    @Test
    void remindersRepeatAfterARecoveryOfATenth() {
        var wallet = here.customer("0.71");
        here.round();
        here.pays(wallet, "0.07");
        here.round();
        here.pass(Duration.ofHours(8));
        here.round();
        assertThat(reminded(wallet)).as("it was hardly above").containsExactly("72 2");
        here.pass(Duration.ofHours(62));
        here.round();
        assertThat(reminded(wallet)).containsExactly("72 2", "12 2");
        here.pays(wallet, "0.40");
        here.round();
        assertThat(reminded(wallet)).as("48 hours are better than 8").hasSize(2);
        here.pays(wallet, "0.50");
        here.round();
        here.pass(Duration.ofHours(30));
        here.round();
        assertThat(reminded(wallet)).containsExactly("72 2", "12 2", "72 2");
    }

    @Test
    void whoIsBelowSeveralAtOnceIsRemindedOfTheTightestAlone() {
        var wallet = here.customer("0.10");
        here.round();
        assertThat(reminded(wallet)).containsExactly("12 2");
        here.pays(wallet, "0.30");
        here.round();
        assertThat(reminded(wallet)).containsExactly("12 2");
        var gone = here.customer("0.00");
        here.round();
        assertThat(reminded(gone))
                .as("that nothing is left is told as it happens")
                .isEmpty();
        here.pays(gone, "0.30");
        here.round();
        assertThat(reminded(gone)).isEmpty();
    }

    @Test
    void anotherPolicyRemindsOfWhatIsNewAndTighterOnly() {
        publish(48);
        var wallet = here.customer("0.30");
        here.round();
        assertThat(reminded(wallet)).containsExactly("48 2");
        publish(200, 48);
        here.round();
        assertThat(reminded(wallet)).containsExactly("48 2");
        publish(200, 36);
        here.round();
        assertThat(reminded(wallet)).containsExactlyInAnyOrder("48 2", "36 2");
        publish();
        here.pays(wallet, "10");
        here.pass(Duration.ofHours(1020));
        here.round();
        assertThat(reminded(wallet)).hasSize(2);
    }

    @Test
    void whoCannotBeWrittenToWaitsAndALetterThatIsGivenUpIsSeen() {
        var wallet = here.customer("0.30");
        var organization = here.organization(wallet);
        Database.asOwner(
                "update t_runway.organization set billing_email = 'none yet' where id = '" + organization + "'");
        Database.asOwner("update t_runway.person set state = 'DISABLED' where id in (select person_id from"
                + " t_runway.membership where organization_id = '" + organization + "')");
        here.round();
        assertThat(reminded(wallet)).isEmpty();
        here.bills(wallet, "books@kiosk.example");
        here.round();
        assertThat(reminded(wallet)).containsExactly("72 1");
        here.refuse();
        here.round();
        assertThat(here.as(here.renting.staff(), () -> here.dunning.history(organization)))
                .singleElement()
                .returns(0, Dunning.StepHistory::sent)
                .returns(1, Dunning.StepHistory::failed);
    }

    @Test
    void whoDiesBetweenAReminderAndItsLettersHasGivenNoneAndOneOfTwoGivesIt() throws InterruptedException {
        var wallet = here.customer("0.30");
        var claimedWorkItem = here.claimed();
        Database.asOwner("alter table t_runway.mail rename to mail_away");
        assertThatThrownBy(() -> here.lowBalanceReminders.remind(claimedWorkItem, wallet))
                .hasMessageContaining("mail");
        Database.asOwner("alter table t_runway.mail_away rename to mail");
        assertThat(reminded(wallet)).isEmpty();
        assertThat(notices(wallet)).isEmpty();
        var threads = Executors.newFixedThreadPool(2);
        for (var i = 0; i < 2; i++) {
            threads.execute(() -> here.lowBalanceReminders.remind(claimedWorkItem, wallet));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(reminded(wallet)).containsExactly("72 2");
        assertThat(notices(wallet)).hasSize(1);
    }

    @Test
    void aCalendarSaysWhoIsRemindedWhenAndADryRunWhatWouldBeOtherwise() {
        var anna = here.renting.staff();
        var wallet = here.customer("1.00");
        here.round();
        var organization = here.organization(wallet);
        var now = here.renting.billingFixture.clock.instant();
        assertThat(here.as(anna, () -> here.dunning.of(organization)).get(0).ahead())
                .extracting(coming -> coming.step().act() + " " + coming.step().nth() + " "
                        + Duration.between(now, coming.at()).toHours())
                .startsWith("RUNWAY 72 28", "RUNWAY 12 88", "REMIND 1 124");
        assertThat(here.as(anna, () -> Dunning.UpcomingStep.of(here.dunning.near())).stream()
                        .filter(one -> one.forecast().debt().walletId().equals(wallet)))
                .hasSize(6);
        var other = new DunningPolicy(DunningPolicyTest.policy("R1 R3 F3 S3").steps(), true, List.of(), List.of(200));
        assertThat(here.as(anna, () -> here.dunning.compare(other)).stream()
                        .filter(one -> one.debt().walletId().equals(wallet)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.isOther()).isTrue();
                    assertThat(one.then().get(0).step().nth()).isEqualTo(200);
                    assertThat(one.then().get(0).at()).isEqualTo(now);
                });
        here.pass(Duration.ofHours(28));
        here.round();
        assertThat(reminded(wallet))
                .as("not as long as it lasts for so many hours")
                .isEmpty();
        here.pass(Duration.ofHours(1));
        here.round();
        assertThat(reminded(wallet)).containsExactly("72 2");

        var rich = here.customer("7.50");
        here.renting.billingFixture.limit(rich, new java.math.BigDecimal("1000"));
        assertThat(here.as(anna, () -> Dunning.UpcomingStep.of(here.dunning.near())).stream()
                        .filter(one -> one.forecast().debt().walletId().equals(rich))
                        .map(one -> one.step().step().nth()))
                .as("although it will not be in debt for long")
                .containsExactly(72);
    }

    /** Returns the reminders of a wallet, the first first: the number of hours, and the number of emails. */
    private static List<String> reminded(UUID wallet) {
        return here.texts("select hours || ' ' || cardinality(mail_keys) from %s.dunning_reminder where wallet_id = '"
                + wallet + "' and mail_keys <> '{}' order by notified_at, id");
    }

    private static List<String> notices(UUID wallet) {
        return here.texts("select kind from %s.notification where kind = 'WALLET_LOW' and organization_id = '"
                + here.organization(wallet) + "'");
    }

    private static void publish(Integer... hours) {
        var dunningPolicy =
                new DunningPolicy(DunningPolicyTest.policy("R1 R3 F3 S3").steps(), true, List.of(), List.of(hours));
        assertThat(here.renting.billingFixture.<DunningPolicies.Outcome>in(() ->
                        here.dunningPolicies.publish(here.dunningCases.inForce().number(), dunningPolicy)))
                .isIn(DunningPolicies.Outcome.DONE, DunningPolicies.Outcome.UNCHANGED);
    }
}
