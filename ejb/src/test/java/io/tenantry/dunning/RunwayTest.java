package io.tenantry.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
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
    private static DunningFixture dunningFixture;

    @BeforeAll
    static void open() {
        dunningFixture = new DunningFixture("runway");
        dunningFixture.renting.billingFixture.clock.stopAt(DunningFixture.NOON);
    }

    @BeforeEach
    void clear() {
        dunningFixture.renting.workQueueFixture.clear();
        publish(72, 12);
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        assertThat(dunningFixture.renting.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(
                        dunningFixture.renting.billingFixture.tenant,
                        "wallet-balance-status",
                        "threshold-notified",
                        "audit-chain"))
                .isEmpty();
    }

    @Test
    void remindsAt72HoursByDefault() {
        var quiet = new DunningFixture("runway-quiet");
        assertThat(quiet.renting.billingFixture.in(
                        () -> quiet.dunningCases.inForce().policy().runway()))
                .containsExactly(72);
    }

    @Test
    void remindsMembersAndBillingAddressOncePerThreshold() {
        var wallet = dunningFixture.customer("0.80");
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).isEmpty();
        dunningFixture.advance(Duration.ofHours(9));
        dunningFixture.runDunning();
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("72 2");
        assertThat(dunningFixture.texts(
                        "select template || ' ' || (variables ->> 'hours') from %s.mail where idempotency_key like"
                                + " 'runway:" + wallet + ":%%'"))
                .containsExactly("WALLET_LOW 71", "WALLET_LOW 71");
        assertThat(notices(wallet)).containsExactly("WALLET_LOW");
        dunningFixture.advance(Duration.ofHours(60));
        dunningFixture.deliver();
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("72 2", "12 2");
        dunningFixture.advance(Duration.ofHours(9));
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).hasSize(2);
        var organization = dunningFixture.organization(wallet);
        assertThat(dunningFixture.texts(
                        "select facts ->> 'hours' from %s.audit_record where action = 'dunning.runway_reminded'"
                                + " and subject_id = '" + organization + "' order by seq"))
                .containsExactly("72", "12");
        dunningFixture.deliver();
        assertThat(dunningFixture.as(
                        dunningFixture.renting.staff(), () -> dunningFixture.dunning.history(organization)))
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
    void remindsAgainAfterARecoveryOfTenPercent() {
        var wallet = dunningFixture.customer("0.71");
        dunningFixture.runDunning();
        dunningFixture.pay(wallet, "0.07");
        dunningFixture.runDunning();
        dunningFixture.advance(Duration.ofHours(8));
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).as("barely above the threshold").containsExactly("72 2");
        dunningFixture.advance(Duration.ofHours(62));
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("72 2", "12 2");
        dunningFixture.pay(wallet, "0.40");
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).as("recovered from 8 to 48 hours").hasSize(2);
        dunningFixture.pay(wallet, "0.50");
        dunningFixture.runDunning();
        dunningFixture.advance(Duration.ofHours(30));
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("72 2", "12 2", "72 2");
    }

    @Test
    void remindsOnlyOfTheTightestThreshold() {
        var wallet = dunningFixture.customer("0.10");
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("12 2");
        dunningFixture.pay(wallet, "0.30");
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("12 2");
        var gone = dunningFixture.customer("0.00");
        dunningFixture.runDunning();
        assertThat(reminders(gone))
                .as("an empty wallet has its own notification")
                .isEmpty();
        dunningFixture.pay(gone, "0.30");
        dunningFixture.runDunning();
        assertThat(reminders(gone)).isEmpty();
    }

    @Test
    void remindsOnlyOfNewTighterThresholdsAfterAPolicyChange() {
        publish(48);
        var wallet = dunningFixture.customer("0.30");
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("48 2");
        publish(200, 48);
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("48 2");
        publish(200, 36);
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactlyInAnyOrder("48 2", "36 2");
        publish();
        dunningFixture.pay(wallet, "10");
        dunningFixture.advance(Duration.ofHours(1020));
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).hasSize(2);
    }

    @Test
    void waitsWithoutARecipientAndShowsAFailedMail() {
        var wallet = dunningFixture.customer("0.30");
        var organization = dunningFixture.organization(wallet);
        Database.asOwner(
                "update t_runway.organization set billing_email = 'none yet' where id = '" + organization + "'");
        Database.asOwner("update t_runway.person set state = 'DISABLED' where id in (select person_id from"
                + " t_runway.membership where organization_id = '" + organization + "')");
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).isEmpty();
        dunningFixture.setBillingEmail(wallet, "books@kiosk.example");
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("72 1");
        dunningFixture.rejectMails();
        dunningFixture.runDunning();
        assertThat(dunningFixture.as(
                        dunningFixture.renting.staff(), () -> dunningFixture.dunning.history(organization)))
                .singleElement()
                .returns(0, Dunning.StepHistory::sent)
                .returns(1, Dunning.StepHistory::failed);
    }

    @Test
    void rollsBackOnFailureAndRemindsOnceConcurrently() throws InterruptedException {
        var wallet = dunningFixture.customer("0.30");
        var claimedWorkItem = dunningFixture.claimWorkItem();
        Database.asOwner("alter table t_runway.mail rename to mail_away");
        assertThatThrownBy(() -> dunningFixture.lowBalanceReminders.remind(claimedWorkItem, wallet))
                .hasMessageContaining("mail");
        Database.asOwner("alter table t_runway.mail_away rename to mail");
        assertThat(reminders(wallet)).isEmpty();
        assertThat(notices(wallet)).isEmpty();
        var threads = Executors.newFixedThreadPool(2);
        for (var i = 0; i < 2; i++) {
            threads.execute(() -> dunningFixture.lowBalanceReminders.remind(claimedWorkItem, wallet));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(reminders(wallet)).containsExactly("72 2");
        assertThat(notices(wallet)).hasSize(1);
    }

    @Test
    void forecastsRemindersAndComparesPoliciesInADryRun() {
        var anna = dunningFixture.renting.staff();
        var wallet = dunningFixture.customer("1.00");
        dunningFixture.runDunning();
        var organization = dunningFixture.organization(wallet);
        var now = dunningFixture.renting.billingFixture.clock.instant();
        assertThat(dunningFixture
                        .as(anna, () -> dunningFixture.dunning.of(organization))
                        .get(0)
                        .ahead())
                .extracting(coming -> coming.step().act() + " " + coming.step().nth() + " "
                        + Duration.between(now, coming.at()).toHours())
                .startsWith("RUNWAY 72 28", "RUNWAY 12 88", "REMIND 1 124");
        assertThat(dunningFixture.as(anna, () -> Dunning.UpcomingStep.of(dunningFixture.dunning.near())).stream()
                        .filter(one -> one.forecast().debt().walletId().equals(wallet)))
                .hasSize(6);
        var other = new DunningPolicy(DunningPolicyTest.policy("R1 R3 F3 S3").steps(), true, List.of(), List.of(200));
        assertThat(dunningFixture.as(anna, () -> dunningFixture.dunning.compare(other)).stream()
                        .filter(one -> one.debt().walletId().equals(wallet)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.isOther()).isTrue();
                    assertThat(one.then().get(0).step().nth()).isEqualTo(200);
                    assertThat(one.then().get(0).at()).isEqualTo(now);
                });
        dunningFixture.advance(Duration.ofHours(28));
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).as("still above the threshold").isEmpty();
        dunningFixture.advance(Duration.ofHours(1));
        dunningFixture.runDunning();
        assertThat(reminders(wallet)).containsExactly("72 2");

        var rich = dunningFixture.customer("7.50");
        dunningFixture.renting.billingFixture.limit(rich, new java.math.BigDecimal("1000"));
        assertThat(dunningFixture.as(anna, () -> Dunning.UpcomingStep.of(dunningFixture.dunning.near())).stream()
                        .filter(one -> one.forecast().debt().walletId().equals(rich))
                        .map(one -> one.step().step().nth()))
                .as("although the balance is far from empty")
                .containsExactly(72);
    }

    /** Returns the reminders of a wallet, the first first: the number of hours, and the number of emails. */
    private static List<String> reminders(UUID wallet) {
        return dunningFixture.texts(
                "select hours || ' ' || cardinality(mail_keys) from %s.dunning_reminder where wallet_id = '" + wallet
                        + "' and mail_keys <> '{}' order by notified_at, id");
    }

    private static List<String> notices(UUID wallet) {
        return dunningFixture.texts("select kind from %s.notification where kind = 'WALLET_LOW' and organization_id = '"
                + dunningFixture.organization(wallet) + "'");
    }

    private static void publish(Integer... hours) {
        var dunningPolicy =
                new DunningPolicy(DunningPolicyTest.policy("R1 R3 F3 S3").steps(), true, List.of(), List.of(hours));
        assertThat(dunningFixture.renting.billingFixture.<DunningPolicies.Outcome>in(
                        () -> dunningFixture.dunningPolicies.publish(
                                dunningFixture.dunningCases.inForce().number(), dunningPolicy)))
                .isIn(DunningPolicies.Outcome.DONE, DunningPolicies.Outcome.UNCHANGED);
    }
}
