package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.NotVisible;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Workshop.Fate;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a wish to start, stop or restart a server. */
class PowerTest {
    private static Making making;
    private UUID service;

    @BeforeAll
    static void open() {
        making = new Making("switching");
    }

    @BeforeEach
    void up() {
        making.desk.clear();
        making.vendor.switching(Progress.done(), false);
        service = making.order(making.books.wallet("1"));
        making.settle();
        assertThat(making.state(service)).isEqualTo("ACTIVE");
    }

    @Test
    void aServerIsStoppedAndStarted() {
        want(Switching.STOP);
        assertThat(making.column(service, "power_wanted")).isEqualTo("STOP");
        making.work(2);
        assertThat(making.vendor.of(service)).extracting(Server::state).containsExactly(Server.State.STOPPED);
        assertThat(making.column(service, "power || coalesce(power_wanted, '-')"))
                .isEqualTo("OFF-");

        want(Switching.START);
        making.work(2);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN, Power.ON);
        assertThat(making.column(service, "power || coalesce(power_wanted, '-')"))
                .isEqualTo("ON-");
        assertThat(making.timeline(service)).endsWith("power_stop", "power_off", "power_start", "power_on");
    }

    @Test
    void aStoppedServerIsChargedAsBefore() {
        want(Switching.STOP);
        making.work(2);
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.books.faults()).isEmpty();
    }

    @Test
    void oneThatStandsAsIsWantedIsLeftAlone() {
        want(Switching.START);
        making.work();
        assertThat(making.vendor.switched()).isEmpty();
        assertThat(making.column(service, "power || coalesce(power_wanted, '-')"))
                .isEqualTo("ON-");
    }

    @Test
    void whatWasDoneAlthoughTheAnswerWasLostIsSeen() {
        making.vendor.switches(Fate.LOST);
        want(Switching.STOP);
        making.work(2);
        assertThat(making.vendor.switched()).hasSize(1);
        assertThat(making.column(service, "power")).isEqualTo("OFF");
    }

    @Test
    void toStopIsAskedForAgainIfNobodyAnswered() {
        making.vendor.switches(Fate.SILENT);
        want(Switching.STOP);
        making.work(2);
        assertThat(making.vendor.switched()).hasSize(1);
        making.pass(SwitchPower.UNTIL_AGAIN.plusSeconds(1));
        making.work(2);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN, Power.SHUT_DOWN);
        assertThat(making.column(service, "power")).isEqualTo("OFF");
    }

    @Test
    void toRestartIsNotAskedForTwiceAndNobodyPretendsToKnow() {
        making.vendor.switches(Fate.DEATH_AFTER);
        want(Switching.RESTART);
        making.work(2);
        making.pass(SwitchPower.UNTIL_AGAIN.plusSeconds(1));
        making.work();
        assertThat(making.vendor.switched()).containsExactly(Power.RESTART);
        assertThat(making.timeline(service)).endsWith("power_restart", "power_unsure");
    }

    @Test
    void aRestartIsToldWhenTheVendorSaysSo() {
        making.vendor.switching(Progress.running(10), false);
        want(Switching.RESTART);
        making.work(2);
        assertThat(making.column(service, "power_wanted")).isEqualTo("RESTART");
        making.vendor.switching(Progress.done(), false);
        making.work();
        assertThat(making.timeline(service)).endsWith("power_restart", "power_restarted");
    }

    @Test
    void aSystemThatDoesNotEndIsSwitchedOff() {
        making.vendor.switching(Progress.done(), true);
        want(Switching.STOP);
        making.work(3);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN);
        making.pass(SwitchPower.UNTIL_OFF.plusSeconds(1));
        making.work(2);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN, Power.OFF);
        assertThat(making.column(service, "power")).isEqualTo("OFF");
    }

    @Test
    void aTaskThatFailsIsToldAndTheServerCanBeSwitchedAgain() {
        making.vendor.switching(Progress.failed("the host did not do it"), false);
        want(Switching.STOP);
        making.work(2);
        assertThat(making.timeline(service)).endsWith("power_stop", "power_failed");
        assertThat(making.column(service, "power || coalesce(power_wanted, '-')"))
                .isEqualTo("ON-");
        assertThat(Database.texts("select outcome || words from t_switching.provider_call where step = 'POWER'"
                        + " and service_id = '" + service + "'"))
                .containsExactly("REFUSEDthe host did not do it");

        making.vendor.switching(Progress.done(), false);
        want(Switching.STOP);
        making.work(2);
        assertThat(making.column(service, "power")).isEqualTo("OFF");
    }

    @Test
    void whatIsRefusedForGoodHasFailed() {
        making.vendor.switches(Fate.REFUSED);
        want(Switching.STOP);
        making.work();
        assertThat(making.timeline(service)).endsWith("power_failed");
    }

    @Test
    void aVendorThatIsNeverReachedIsGivenUpSoon() {
        want(Switching.STOP);
        making.vendor.looks(Fate.AWAY, Fate.AWAY, Fate.AWAY, Fate.AWAY, Fate.AWAY);
        making.work(5);
        assertThat(making.timeline(service)).endsWith("power_stop", "power_failed");
        assertThat(making.desk.column(making.books.tenant, "state")).containsOnly("DONE");
    }

    @Test
    void whatTakesTooLongHasFailed() {
        making.vendor.switching(Progress.running(10), false);
        want(Switching.STOP);
        making.work(2);
        making.pass(SwitchPower.PATIENCE.plusSeconds(1));
        making.work();
        assertThat(making.timeline(service)).endsWith("power_failed");
    }

    @Test
    void nobodySwitchesWhatHasEnded() {
        want(Switching.STOP);
        making.end(service);
        making.work();
        assertThat(making.vendor.switched()).isEmpty();
        assertThat(making.column(service, "coalesce(power_wanted, '-')")).isEqualTo("-");
    }

    @Test
    void oneThingAtATimeIsWanted() {
        want(Switching.STOP);
        assertThat(asked(Switching.RESTART)).isEqualTo(new Powers.Outcome.Busy(Switching.STOP));
    }

    @Test
    void ofSeveralEachIsJudgedByItself() {
        var other = making.order(making.books.wallet("1"));
        making.settle();
        want(Switching.STOP);
        var waiting = making.order(making.books.wallet("1"));
        var wallet = making.books.wallet("1");
        making.books.in(() -> making.organization(wallet));
        var booked = making.books
                .rent(wallet, making.books.price("7.30"), Making.NOON)
                .service();

        assertThat(together(List.of(service, other, waiting, booked), Switching.STOP))
                .isEqualTo(new Powers.Together(
                        1,
                        Map.of(
                                Powers.Refusal.BUSY, 1,
                                Powers.Refusal.WRONG_STATE, 1,
                                Powers.Refusal.NO_SERVER, 1)));
        assertThat(making.column(other, "power_wanted")).isEqualTo("STOP");
        assertThat(making.timeline(other)).endsWith("power_stop");
        assertThat(making.timeline(waiting)).containsExactly("ordered");
    }

    @Test
    void ofSeveralThoseThatAreSoAreLeftAlone() {
        assertThat(together(List.of(service), Switching.START))
                .isEqualTo(new Powers.Together(0, Map.of(Powers.Refusal.NEEDLESS, 1)));
        want(Switching.STOP);
        making.work(2);
        assertThat(together(List.of(service), Switching.RESTART))
                .isEqualTo(new Powers.Together(0, Map.of(Powers.Refusal.NEEDLESS, 1)));
        assertThat(together(List.of(service), Switching.STOP))
                .isEqualTo(new Powers.Together(0, Map.of(Powers.Refusal.NEEDLESS, 1)));
        assertThat(together(List.of(service), Switching.START)).isEqualTo(new Powers.Together(1, Map.of()));
    }

    @Test
    void askedForTwiceSeveralAreSwitchedOnce() {
        together(List.of(service, service), Switching.STOP);
        assertThat(together(List.of(service), Switching.STOP))
                .isEqualTo(new Powers.Together(0, Map.of(Powers.Refusal.BUSY, 1)));
        making.work(2);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN);
    }

    @Test
    void amongSeveralOneThatOthersHaveStopsAll() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "stranger");
        try (var acting = Actors.enter(stranger)) {
            assertThatThrownBy(() -> Database.in(
                            making.books.tenant, () -> making.powers().wantAll(List.of(service), Switching.STOP)))
                    .isInstanceOf(NotVisible.class);
        }
        assertThat(making.column(service, "coalesce(power_wanted, '-')")).isEqualTo("-");
    }

    @Test
    void whatIsNotUpOrNowhereCannotBeSwitched() {
        var waiting = making.order(making.books.wallet("1"));
        assertThatThrownBy(() -> making.books.in(() -> making.powers().want(waiting, Switching.STOP)))
                .isInstanceOf(WrongState.class);
        var wallet = making.books.wallet("1");
        making.books.in(() -> making.organization(wallet));
        var booked = making.books.rent(wallet, making.books.price("7.30"), Making.NOON);
        assertThat(making.books.<Powers.Outcome>in(() -> making.powers().want(booked.service(), Switching.STOP)))
                .isEqualTo(new Powers.Outcome.NoServer());
    }

    @Test
    void nobodySwitchesWhatOthersHave() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(making.books.tenant, () -> {
                    try (var acting = Actors.enter(stranger)) {
                        return making.powers().want(service, Switching.STOP);
                    }
                }))
                .isInstanceOf(NotVisible.class);
        assertThat(making.column(service, "coalesce(power_wanted, '-')")).isEqualTo("-");
    }

    private void want(Switching wanted) {
        assertThat(asked(wanted)).isEqualTo(new Powers.Outcome.Wanted());
    }

    private static Powers.Together together(List<UUID> services, Switching wanted) {
        return making.books.in(() -> making.powers().wantAll(services, wanted));
    }

    private Powers.Outcome asked(Switching wanted) {
        return making.books.in(() -> making.powers().want(service, wanted));
    }
}
