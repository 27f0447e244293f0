package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provisioning.ServiceSettings.Outcome;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An organization's settings of a service, which need not have a server. */
class ServiceSettingsTest {
    private static ServerOperationFixture operationFixture;
    private static ProvisioningFixture provisioningFixture;
    private UUID service;

    @BeforeAll
    static void open() {
        operationFixture = new ServerOperationFixture("keeping");
        provisioningFixture = operationFixture.provisioningFixture;
    }

    @BeforeEach
    void rent() {
        var wallet = provisioningFixture.billingFixture.wallet("1");
        provisioningFixture.billingFixture.in(() -> provisioningFixture.organization(wallet));
        service = provisioningFixture
                .billingFixture
                .rent(wallet, provisioningFixture.billingFixture.price("7.30"), ProvisioningFixture.NOON)
                .service();
    }

    @Test
    void renamesAService() {
        assertThat(upkeep(it -> it.rename(service, " shop-1 "))).isEqualTo(Outcome.DONE);
        assertThat(upkeep(it -> it.rename(service, "shop-1"))).isEqualTo(Outcome.UNCHANGED);
        assertThat(upkeep(it -> it.rename(service, "no good name!"))).isEqualTo(Outcome.INVALID);
        assertThat(provisioningFixture.column(service, "name")).isEqualTo("shop-1");
        assertThat(provisioningFixture.timeline(service)).containsExactly("renamed");
        assertThat(trail("service.renamed")).isEqualTo("{\"after\": \"shop-1\", \"before\": \"web\"}");
    }

    @Test
    void setsAndRemovesADeletionLockWithAnAuditRecord() {
        assertThat(upkeep(it -> it.lock(service, true))).isEqualTo(Outcome.DONE);
        assertThat(upkeep(it -> it.lock(service, true))).isEqualTo(Outcome.UNCHANGED);
        assertThat(operationFixture.summary(service).locked()).isTrue();
        assertThat(upkeep(it -> it.lock(service, false))).isEqualTo(Outcome.DONE);
        assertThat(operationFixture.summary(service).locked()).isFalse();
        assertThat(provisioningFixture.timeline(service)).containsExactly("locked", "unlocked");
        assertThat(operationFixture.texts(
                        "select action from %s.audit_record where subject_id = '" + service + "' order by seq"))
                .containsExactly("service.locked", "service.unlocked");
    }

    @Test
    void protectsOnlyActiveLockedServices() {
        assertThat(service("ACTIVE", true).isProtected()).isTrue();
        assertThat(service("ACTIVE", false).isProtected()).isFalse();
        assertThat(service("TERMINATED", true).isProtected())
                .as("a terminated service needs no protection")
                .isFalse();
        assertThat(new DeletionLockedException("web")).hasMessageContaining("web is locked");
    }

    @Test
    void savesANoteWithoutItsTextInTheAuditTrail() {
        assertThat(upkeep(it -> it.note(service, "# Ours\r\n*Ask* Olga. "))).isEqualTo(Outcome.DONE);
        assertThat(upkeep(it -> it.note(service, "# Ours\n*Ask* Olga."))).isEqualTo(Outcome.UNCHANGED);
        assertThat(upkeep(it -> it.note(service, "x".repeat(ServiceSettings.NOTE_MAX + 1))))
                .isEqualTo(Outcome.INVALID);
        assertThat(provisioningFixture.billingFixture.<String>in(() -> operationFixture.serviceSettings.note(service)))
                .isEqualTo("# Ours\n*Ask* Olga.");
        assertThat(trail("service.note_changed")).isEqualTo("{}");
        assertThat(provisioningFixture.timeline(service)).isEmpty();
    }

    @Test
    void requiresThePermissionForNotes() {
        var schema = provisioningFixture.billingFixture.tenant.schema();
        Database.asOwner("insert into " + schema + ".role (code, name, kind, permissions) values ('scribe', 'Scribe', "
                + "'ORGANIZATION', array['vps_view', 'notes_manage']) on conflict do nothing");
        var manager = operationFixture.member(service, "Max");
        var scribe = operationFixture.member(service, "Sue");
        var role = "update " + schema + ".membership set role = '%s' where person_id = '%s'";
        Database.asOwner(role.formatted("vps_manager", manager.personId()));
        Database.asOwner(role.formatted("scribe", scribe.personId()));
        assertThatThrownBy(() -> as(manager, it -> it.note(service, "mine")))
                .isInstanceOfSatisfying(
                        AccessDeniedException.class,
                        denied -> assertThat(denied.permission()).isEqualTo("notes_manage"));
        assertThat(ServiceSettingsTest.<Outcome>as(manager, it -> it.rename(service, "shop-2")))
                .isEqualTo(Outcome.DONE);
        assertThat(ServiceSettingsTest.<Outcome>as(scribe, it -> it.note(service, "theirs")))
                .isEqualTo(Outcome.DONE);
        assertThat(ServiceSettingsTest.<String>as(manager, it -> it.note(service)))
                .isEqualTo("theirs");
        assertThatThrownBy(() -> as(scribe, it -> it.rename(service, "shop-3")))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void refusesChangesToAFailedService() {
        Database.asOwner("update " + provisioningFixture.billingFixture.tenant.schema()
                + ".service set state = 'FAILED' where id = '" + service + "'");
        assertThatThrownBy(() -> upkeep(it -> it.rename(service, "other"))).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> upkeep(it -> it.lock(service, true))).isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> upkeep(it -> it.note(service, "x"))).isInstanceOf(InvalidStateException.class);
        Database.asOwner("update " + provisioningFixture.billingFixture.tenant.schema()
                + ".service set state = 'ACTIVE' where id = '" + service + "'");
    }

    @Test
    void hidesForeignServices() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> as(stranger, it -> it.rename(service, "mine"))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(stranger, it -> it.lock(service, true))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(stranger, it -> it.note(service, "mine"))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(stranger, it -> it.note(service))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> provisioningFixture.billingFixture.in(
                        () -> operationFixture.serviceSettings.note(UUID.randomUUID())))
                .isInstanceOf(NotFoundException.class);
    }

    private static Service service(String state, boolean isLocked) {
        var service = new Service();
        ProviderAccountFixture.inject(service, "state", Service.State.valueOf(state));
        ProviderAccountFixture.inject(service, "locked", isLocked);
        return service;
    }

    private String trail(String action) {
        return operationFixture
                .texts("select facts::text from %s.audit_record where action = '" + action + "' and subject_id = '"
                        + service + "' order by seq desc")
                .get(0);
    }

    private static Outcome upkeep(Function<ServiceSettings, Outcome> action) {
        return provisioningFixture.billingFixture.in(() -> action.apply(operationFixture.serviceSettings));
    }

    private static <T> T as(Actor actor, Function<ServiceSettings, T> action) {
        return Database.in(provisioningFixture.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(actor)) {
                return action.apply(operationFixture.serviceSettings);
            }
        });
    }
}
