package io.tenantry.cloud.launch;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.SelfOnly;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The scripts that an organization runs at the first start of its servers. They may contain passwords, so only members who may order servers
 * can read them. Servers keep the script that they were ordered with, even if it is changed or deleted here.
 */
@Stateless
public class StartupScripts {
    /** The maximum number of scripts per organization. */
    public static final int SCRIPTS_MAX = 50;

    /** The maximum length of a name. */
    public static final int NAME_MAX = 80;

    private static final String SCRIPTS = "startup scripts";

    private static final String COLUMNS =
            "select id, organization_id, name, text, changed_at, changed_by from startup_script ";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public StartupScripts() {}

    /** For use outside a container. */
    public StartupScripts(Sql sql, Clock clock, Access access, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
    }

    /** A script. */
    public record Script(UUID id, UUID organizationId, String name, String text, Instant changedAt, String changedBy)
            implements Serializable {
        /** Returns the fields of its text. */
        public List<ScriptTemplate.Field> fields() {
            return new ScriptTemplate(text).fields();
        }

        /** Omits the text from logs: a script may contain passwords. */
        @Override
        public String toString() {
            return "Script[" + id + "]";
        }
    }

    /** The outcome of saving a script. */
    public sealed interface Outcome {
        /** It was saved. */
        record Saved(Script script) implements Outcome {}

        /** The name does not have 1 to {@link #NAME_MAX} characters, or another script of the organization has it. */
        record BadName(boolean isTaken) implements Outcome {}

        /** The text was refused. */
        record BadText(ScriptTemplate.Fault fault) implements Outcome {}

        /** There are already {@link #SCRIPTS_MAX} scripts. */
        record TooMany() implements Outcome {}
    }

    /** Returns the scripts of an organization by name. */
    public List<Script> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.VPS_CREATE);
        return sql.query(
                COLUMNS + "where organization_id = ? order by lower(name), id", StartupScripts::script, organizationId);
    }

    /** Returns one script. */
    public Script one(UUID id) {
        var script = sql.first(COLUMNS + "where id = ?", StartupScripts::script, id)
                .orElseThrow(() -> new NotFoundException("script", id));
        access.requireIn(script.organizationId(), Permission.VPS_CREATE);
        return script;
    }

    /** Returns the script with that ID, if it belongs to the organization. The caller checks the permission. */
    public Optional<Script> that(UUID organizationId, UUID id) {
        return sql.first(COLUMNS + "where organization_id = ? and id = ?", StartupScripts::script, organizationId, id);
    }

    /**
     * Adds or changes a script. Refused while impersonating: it runs as root on the customer's servers.
     *
     * @param id the script to change; empty for a new one
     */
    public Outcome keep(UUID organizationId, Optional<UUID> id, String name, String text) {
        SelfOnly.require(SCRIPTS);
        access.requireIn(organizationId, Permission.VPS_CREATE);
        var called = name.strip();
        if (called.isEmpty() || called.length() > NAME_MAX || !InputText.isLine(called)) {
            return new Outcome.BadName(false);
        }
        var wanted = new ScriptTemplate(text);
        var fault = wanted.fault();
        if (fault.isPresent()) {
            return new Outcome.BadText(fault.get());
        }
        // Serialized per organization: otherwise two requests could take the same name, or the last place.
        sql.query("select id from organization where id = ? for no key update", row -> row.uuid("id"), organizationId);
        if (isTaken(organizationId, called, id)) {
            return new Outcome.BadName(true);
        }
        if (id.isPresent() && that(organizationId, id.get()).isEmpty()) {
            throw new NotFoundException("script", id.get());
        }
        if (id.isEmpty() && count(organizationId) >= SCRIPTS_MAX) {
            return new Outcome.TooMany();
        }
        var script = new Script(
                id.orElseGet(() -> Ids.next(clock)),
                organizationId,
                called,
                wanted.text(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Actors.require().name());
        write(script);
        note(id.isPresent() ? "startup_script.changed" : "startup_script.added", script);
        return new Outcome.Saved(script);
    }

    /** Deletes a script, and returns it. */
    public Script drop(UUID id) {
        var script = one(id);
        sql.update("delete from startup_script where id = ?", id);
        note("startup_script.dropped", script);
        return script;
    }

    /**
     * Reverts {@link #drop}.
     *
     * @return false if there is a script with that name again already, or no room for it
     */
    public boolean putBack(Script script) {
        SelfOnly.require(SCRIPTS);
        access.requireIn(script.organizationId(), Permission.VPS_CREATE);
        sql.query(
                "select id from organization where id = ? for no key update",
                row -> row.uuid("id"),
                script.organizationId());
        if (that(script.organizationId(), script.id()).isPresent()
                || isTaken(script.organizationId(), script.name(), Optional.empty())
                || count(script.organizationId()) >= SCRIPTS_MAX) {
            return false;
        }
        write(script);
        note("startup_script.put_back", script);
        return true;
    }

    private boolean isTaken(UUID organizationId, String name, Optional<UUID> but) {
        return sql.first("""
                        select id from startup_script
                         where organization_id = ? and lower(name) = lower(?) and id is distinct from ?::uuid
                        """, row -> row.uuid("id"), organizationId, name, but.orElse(null))
                .isPresent();
    }

    private int count(UUID organizationId) {
        return sql.one(
                "select count(*)::int n from startup_script where organization_id = ?",
                row -> row.whole("n"),
                organizationId);
    }

    private void write(Script script) {
        sql.update(
                """
                insert into startup_script (id, organization_id, name, text, changed_at, changed_by)
                values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update
                   set name = excluded.name, text = excluded.text,
                       changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """,
                script.id(),
                script.organizationId(),
                script.name(),
                script.text(),
                script.changedAt(),
                script.changedBy());
    }

    private void note(String what, Script script) {
        audit.record(what, "startup_script", script.id().toString(), Map.of("name", script.name()));
    }

    private static Script script(Row row) {
        return new Script(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.text("name"),
                row.text("text"),
                row.instant("changed_at"),
                row.text("changed_by"));
    }
}
