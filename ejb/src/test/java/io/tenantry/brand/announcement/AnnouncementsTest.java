package io.tenantry.brand.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brand.announcement.Announcements.Announcement;
import io.tenantry.brand.announcement.Announcements.Draft;
import io.tenantry.brand.announcement.Announcements.Field;
import io.tenantry.brand.announcement.Announcements.Level;
import io.tenantry.brand.announcement.Announcements.Outcome;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Actor STRANGER = new Actor(Actor.Kind.STAFF, new UUID(7, 7), "Nobody's colleague");

    private Announcements announcements;

    @BeforeEach
    void prepare() throws ReflectiveOperationException {
        var sql = new Sql(Database.runtime());
        var audit = new AuditTrail();
        var field = AuditTrail.class.getDeclaredField("sql");
        field.setAccessible(true);
        field.set(audit, sql);
        announcements = new Announcements(sql, Clock.fixed(NOON, ZoneOffset.UTC), new Access(sql), audit);
    }

    @Test
    void restoresADeletedAnnouncement() {
        run(() -> {
            var kept = saved(Optional.empty(), "New routers");
            var dropped = announcements.drop(kept.id());
            assertThat(announcements.now()).isEmpty();
            assertThat(announcements.putBack(dropped.id(), Optional.of(dropped), Optional.empty()))
                    .isTrue();
            assertThat(announcements.now()).containsExactly(kept);
        });
    }

    @Test
    void undoesCreationAndChange() {
        run(() -> {
            var first = saved(Optional.empty(), "First");
            var second = saved(Optional.of(first.id()), "Second");
            assertThat(announcements.putBack(first.id(), Optional.of(first), Optional.of(second)))
                    .isTrue();
            assertThat(announcements.one(first.id())).isEqualTo(first);
            assertThat(announcements.putBack(first.id(), Optional.empty(), Optional.of(first)))
                    .isTrue();
            assertThat(announcements.all()).isEmpty();
        });
    }

    @Test
    void refusesToUndoAfterAnotherChange() {
        run(() -> {
            var first = saved(Optional.empty(), "First");
            var second = saved(Optional.of(first.id()), "Second");
            assertThat(announcements.putBack(first.id(), Optional.empty(), Optional.of(first)))
                    .isFalse();
            assertThat(announcements.putBack(first.id(), Optional.of(first), Optional.empty()))
                    .isFalse();
            assertThat(announcements.all()).containsExactly(second);
        });
    }

    @Test
    void returnsThePreviousAnnouncement() {
        run(() -> {
            var first = keep(Optional.empty(), "First");
            assertThat(first.before()).isEmpty();
            assertThat(keep(Optional.of(first.now().id()), "Second").before()).contains(first.now());
        });
    }

    @Test
    void reportsInvalidFields() {
        run(() -> {
            assertThat(announcements.keep(draft(Optional.empty(), " ")))
                    .isEqualTo(new Outcome.Invalid(Set.of(Field.TITLE)));
            assertThat(announcements.keep(new Draft(Optional.empty(), "x", "", Level.INFO, NOON, Optional.empty())))
                    .isEqualTo(new Outcome.Invalid(Set.of(Field.TEXT)));
            assertThat(announcements.keep(new Draft(Optional.empty(), "x", "x", Level.INFO, NOON, Optional.of(NOON))))
                    .isEqualTo(new Outcome.Invalid(Set.of(Field.END)));
            assertThatThrownBy(() -> announcements.drop(new UUID(1, 1))).isInstanceOf(NotFoundException.class);
        });
    }

    @Test
    void requiresPermission() {
        as(STRANGER, () -> {
            assertThat(announcements.now()).isEmpty();
            assertThatThrownBy(() -> announcements.keep(draft(Optional.empty(), "x")))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> announcements.drop(new UUID(1, 1))).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> announcements.putBack(new UUID(1, 1), Optional.empty(), Optional.empty()))
                    .isInstanceOf(AccessDeniedException.class);
        });
    }

    private Announcement saved(Optional<UUID> id, String title) {
        return keep(id, title).now();
    }

    private Outcome.Saved keep(Optional<UUID> id, String title) {
        return (Outcome.Saved) announcements.keep(draft(id, title));
    }

    private static Draft draft(Optional<UUID> id, String title) {
        return new Draft(id, title, "At *night*.", Level.MAINTENANCE, NOON, Optional.of(NOON.plusSeconds(3_600)));
    }

    private static void run(Runnable work) {
        as(Actor.system("test"), work);
    }

    /** Runs the work in a transaction that is rolled back. */
    private static void as(Actor actor, Runnable work) {
        Database.rolledBack(Database.BOREALIS, () -> {
            try (var actorScope = Actors.enter(actor)) {
                work.run();
            }
        });
    }
}
