package io.tenantry.cloud.launch;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The beans of this package, assembled over {@link Database}, and organizations with members. */
final class LaunchFixture {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final Sql sql = new Sql(Database.runtime());
    final SshKeys keys;
    final StartupScripts scripts;

    LaunchFixture() {
        var clock = Clock.fixed(NOON, ZoneOffset.UTC);
        var audit = new AuditTrail();
        inject(audit, sql);
        var access = new Access(sql);
        keys = new SshKeys(sql, clock, access, audit);
        scripts = new StartupScripts(sql, clock, access, audit);
    }

    /** Runs the work in a transaction that is rolled back. */
    static void run(Runnable work) {
        Database.rolledBack(Database.AURORA, () -> as(Actor.system("test"), work));
    }

    static void as(Actor actor, Runnable work) {
        try (var actorScope = Actors.enter(actor)) {
            work.run();
        }
    }

    /** Creates a customer. */
    UUID organization() {
        var id = UUID.randomUUID();
        sql.update(
                "insert into organization (id, name, billing_email, country, created_at) values (?, 'Kiosk', 'a@b.example', 'DE', ?)",
                id,
                NOON);
        return id;
    }

    /** Creates a member of it. */
    Actor member(UUID organization, String role) {
        var id = UUID.randomUUID();
        sql.update(
                "insert into person (id, email, name, created_at) values (?, ?, 'Mia', ?)",
                id,
                id + "@b.example",
                NOON);
        sql.update(
                "insert into membership (organization_id, person_id, role, joined_at) values (?, ?, ?, ?)",
                organization,
                id,
                role,
                NOON);
        return new Actor(Actor.Kind.MEMBER, id, "Mia");
    }

    /** Returns the audited actions, in order. */
    List<String> auditedActions() {
        return sql.query(
                "select action from audit_record where subject_kind in ('ssh_key', 'startup_script') order by seq",
                row -> row.text("action"));
    }

    private static void inject(AuditTrail audit, Sql sql) {
        try {
            var field = AuditTrail.class.getDeclaredField("sql");
            field.setAccessible(true);
            field.set(audit, sql);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("audit", impossible);
        }
    }
}
