package io.tenantry.brand.storefront;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.lang.reflect.Field;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;

/** The beans of this package, assembled over {@link Database}. */
final class StorefrontFixture {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final Actor SYSTEM = Actor.system("test");
    static final Actor STRANGER = new Actor(Actor.Kind.STAFF, new UUID(7, 7), "Nobody's colleague");

    final Sql sql = new Sql(Database.runtime());
    final Storefront storefront = new Storefront();
    final StorefrontEditor editor = new StorefrontEditor();
    final Incidents incidents = new Incidents();
    final ContactMessages contactMessages = new ContactMessages();
    private Instant now = NOON;

    StorefrontFixture() {
        var clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        var access = new Access(sql);
        var audit = new AuditTrail();
        inject(audit, "sql", sql);
        storefront.sql = sql;
        storefront.clock = clock;
        editor.sql = sql;
        editor.clock = clock;
        editor.access = access;
        editor.audit = audit;
        incidents.sql = sql;
        incidents.clock = clock;
        incidents.access = access;
        incidents.audit = audit;
        contactMessages.sql = sql;
        contactMessages.clock = clock;
        contactMessages.access = access;
        contactMessages.audit = audit;
        contactMessages.shares = new ContactShares();
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /** Runs the work as an actor with every right, in a transaction that is rolled back. */
    static void run(Runnable work) {
        Database.rolledBack(Database.AURORA, () -> {
            try (var actorScope = Actors.enter(SYSTEM)) {
                work.run();
            }
        });
    }

    /** Runs the work as an actor without any right. */
    static void runWithoutPermission(Runnable work) {
        Database.rolledBack(Database.AURORA, () -> {
            try (var actorScope = Actors.enter(STRANGER)) {
                work.run();
            }
        });
    }

    private static void inject(Object bean, String name, Object value) {
        try {
            Field field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, value);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(bean.getClass().getName(), impossible);
        }
    }
}
