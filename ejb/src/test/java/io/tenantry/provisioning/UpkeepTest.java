package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.NotVisible;
import io.tenantry.provider.account.Desk;
import io.tenantry.provisioning.Upkeep.Outcome;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an organization says of a service, which need not have a server. */
class UpkeepTest {
    private static Operating here;
    private static Making making;
    private UUID service;

    @BeforeAll
    static void open() {
        here = new Operating("keeping");
        making = here.making;
    }

    @BeforeEach
    void rent() {
        var wallet = making.books.wallet("1");
        making.books.in(() -> making.organization(wallet));
        service = making.books
                .rent(wallet, making.books.price("7.30"), Making.NOON)
                .service();
    }

    @Test
    void aServiceIsCalledOtherwise() {
        assertThat(upkeep(it -> it.rename(service, " shop-1 "))).isEqualTo(Outcome.DONE);
        assertThat(upkeep(it -> it.rename(service, "shop-1"))).isEqualTo(Outcome.UNCHANGED);
        assertThat(upkeep(it -> it.rename(service, "no good name!"))).isEqualTo(Outcome.INVALID);
        assertThat(making.column(service, "name")).isEqualTo("shop-1");
        assertThat(making.timeline(service)).containsExactly("renamed");
        assertThat(trail("service.renamed")).isEqualTo("{\"after\": \"shop-1\", \"before\": \"web\"}");
    }

    @Test
    void aLockIsSetAndTakenAwayAndBothAreOnRecord() {
        assertThat(upkeep(it -> it.lock(service, true))).isEqualTo(Outcome.DONE);
        assertThat(upkeep(it -> it.lock(service, true))).isEqualTo(Outcome.UNCHANGED);
        assertThat(here.summary(service).locked()).isTrue();
        assertThat(upkeep(it -> it.lock(service, false))).isEqualTo(Outcome.DONE);
        assertThat(here.summary(service).locked()).isFalse();
        assertThat(making.timeline(service)).containsExactly("locked", "unlocked");
        assertThat(here.texts("select action from %s.audit_record where subject_id = '" + service + "' order by seq"))
                .containsExactly("service.locked", "service.unlocked");
    }

    @Test
    void onlyWhatRunsAndIsLockedIsProtected() {
        assertThat(service("ACTIVE", true).isProtected()).isTrue();
        assertThat(service("ACTIVE", false).isProtected()).isFalse();
        assertThat(service("TERMINATED", true).isProtected())
                .as("nothing is left to protect")
                .isFalse();
        assertThat(new ServiceLocked("web")).hasMessageContaining("web is locked");
    }

    @Test
    void aNoteIsKeptAndTheTrailDoesNotTellWhatItSays() {
        assertThat(upkeep(it -> it.note(service, "# Ours\r\n*Ask* Olga. "))).isEqualTo(Outcome.DONE);
        assertThat(upkeep(it -> it.note(service, "# Ours\n*Ask* Olga."))).isEqualTo(Outcome.UNCHANGED);
        assertThat(upkeep(it -> it.note(service, "x".repeat(Upkeep.NOTE_MAX + 1))))
                .isEqualTo(Outcome.INVALID);
        assertThat(making.books.<String>in(() -> here.upkeep.note(service))).isEqualTo("# Ours\n*Ask* Olga.");
        assertThat(trail("service.noted")).isEqualTo("{}");
        assertThat(making.timeline(service)).isEmpty();
    }

    @Test
    void whatIsOverIsLeftAsItIs() {
        Database.asOwner("update " + making.books.tenant.schema() + ".service set state = 'FAILED' where id = '"
                + service + "'");
        assertThatThrownBy(() -> upkeep(it -> it.rename(service, "other"))).isInstanceOf(WrongState.class);
        assertThatThrownBy(() -> upkeep(it -> it.lock(service, true))).isInstanceOf(WrongState.class);
        Database.asOwner("update " + making.books.tenant.schema() + ".service set state = 'ACTIVE' where id = '"
                + service + "'");
    }

    @Test
    void nobodySaysAnythingOfWhatOthersHave() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> as(stranger, it -> it.rename(service, "mine"))).isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> as(stranger, it -> it.lock(service, true))).isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> as(stranger, it -> it.note(service, "mine"))).isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> as(stranger, it -> it.note(service))).isInstanceOf(NotVisible.class);
        assertThatThrownBy(() -> making.books.in(() -> here.upkeep.note(UUID.randomUUID())))
                .isInstanceOf(NotVisible.class);
    }

    private static Service service(String state, boolean isLocked) {
        var service = new Service();
        Desk.inject(service, "state", Service.State.valueOf(state));
        Desk.inject(service, "locked", isLocked);
        return service;
    }

    private String trail(String action) {
        return here.texts("select facts::text from %s.audit_record where action = '" + action + "' and subject_id = '"
                        + service + "' order by seq desc")
                .get(0);
    }

    private static Outcome upkeep(Function<Upkeep, Outcome> deed) {
        return making.books.in(() -> deed.apply(here.upkeep));
    }

    private static <T> T as(Actor actor, Function<Upkeep, T> deed) {
        return Database.in(making.books.tenant, () -> {
            try (var acting = Actors.enter(actor)) {
                return deed.apply(here.upkeep);
            }
        });
    }
}
