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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The public SSH keys of an organization, offered when a server is ordered. Servers keep their keys, even if these are deleted here. */
@Stateless
public class SshKeys {
    /** The maximum number of keys per organization. */
    public static final int KEYS_MAX = 50;

    /** The maximum length of a name. */
    public static final int NAME_MAX = 80;

    /** Whoever chooses a key for a customer gets access to the servers created with it. */
    private static final String KEYS = "ssh keys";

    private static final String COLUMNS =
            "select id, organization_id, name, line, fingerprint, added_at, added_by from ssh_key ";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public SshKeys() {}

    /** For use outside a container. */
    public SshKeys(Sql sql, Clock clock, Access access, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
    }

    /**
     * A key.
     *
     * @param line as in authorized_keys, without a comment
     */
    public record Key(
            UUID id, UUID organizationId, String name, String line, String fingerprint, Instant addedAt, String addedBy)
            implements Serializable {
        /** Returns the type of key, such as {@code ssh-ed25519}. */
        public String kind() {
            return line.substring(0, line.indexOf(' '));
        }
    }

    /** The outcome of adding a key. */
    public sealed interface Outcome {
        /** It was added. */
        record Added(Key key) implements Outcome {}

        /** It exists already, under that name. */
        record Duplicate(String name) implements Outcome {}

        /** The text was refused. */
        record Refused(PublicKey.Fault fault) implements Outcome {}

        /** The name does not have 1 to {@link #NAME_MAX} characters. */
        record BadName() implements Outcome {}

        /** There are already {@link #KEYS_MAX} keys. */
        record TooMany() implements Outcome {}
    }

    /** Returns the keys of an organization by name. */
    public List<Key> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.SSH_KEYS_VIEW);
        return sql.query(COLUMNS + "where organization_id = ? order by lower(name), id", SshKeys::key, organizationId);
    }

    /** Returns those of the given keys that belong to the organization, by name. The caller checks the permission. */
    public List<Key> these(UUID organizationId, Collection<UUID> ids) {
        return sql.query(
                COLUMNS + "where organization_id = ? and id = any (?) order by lower(name), id",
                SshKeys::key,
                organizationId,
                ids.toArray(UUID[]::new));
    }

    /**
     * Adds a key.
     *
     * @param name its name; blank for the comment of the key
     * @param typed a line as in a .pub file
     */
    public Outcome add(UUID organizationId, String name, String typed) {
        SelfOnly.require(KEYS);
        access.requireIn(organizationId, Permission.SSH_KEYS_MANAGE);
        var parseResult = PublicKey.read(typed);
        if (parseResult instanceof PublicKey.ParseResult.Refused refused) {
            return new Outcome.Refused(refused.fault());
        }
        var read = ((PublicKey.ParseResult.Read) parseResult).key();
        var called = name.isBlank() ? read.comment() : name.strip();
        if (called.isEmpty() || called.length() > NAME_MAX || !InputText.isLine(called)) {
            return new Outcome.BadName();
        }
        // Serialized per organization: otherwise two requests could both take the last place.
        sql.query("select id from organization where id = ? for no key update", row -> row.uuid("id"), organizationId);
        var known = sql.first(
                "select name from ssh_key where organization_id = ? and fingerprint = ?",
                row -> row.text("name"),
                organizationId,
                read.fingerprint());
        if (known.isPresent()) {
            return new Outcome.Duplicate(known.get());
        }
        if (count(organizationId) >= KEYS_MAX) {
            return new Outcome.TooMany();
        }
        var key = new Key(
                Ids.next(clock),
                organizationId,
                called,
                read.line(),
                read.fingerprint(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Actors.require().name());
        write(key);
        note("ssh_key.added", key);
        return new Outcome.Added(key);
    }

    /** Deletes a key, and returns it. */
    public Key delete(UUID id) {
        SelfOnly.require(KEYS);
        var key = sql.first(COLUMNS + "where id = ? for update", SshKeys::key, id)
                .orElseThrow(() -> new NotFoundException("ssh key", id));
        access.requireIn(key.organizationId(), Permission.SSH_KEYS_MANAGE);
        sql.update("delete from ssh_key where id = ?", id);
        note("ssh_key.deleted", key);
        return key;
    }

    /**
     * Reverts {@link #delete}.
     *
     * @return false if the organization has that key again already, or no room for it
     */
    public boolean putBack(Key key) {
        SelfOnly.require(KEYS);
        access.requireIn(key.organizationId(), Permission.SSH_KEYS_MANAGE);
        if (count(key.organizationId()) >= KEYS_MAX || write(key) == 0) {
            return false;
        }
        note("ssh_key.put_back", key);
        return true;
    }

    private int count(UUID organizationId) {
        return sql.one(
                "select count(*)::int n from ssh_key where organization_id = ?", row -> row.whole("n"), organizationId);
    }

    private int write(Key key) {
        return sql.update(
                """
                insert into ssh_key (id, organization_id, name, line, fingerprint, added_at, added_by)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                key.id(),
                key.organizationId(),
                key.name(),
                key.line(),
                key.fingerprint(),
                key.addedAt(),
                key.addedBy());
    }

    private void note(String what, Key key) {
        audit.record(
                what, "ssh_key", key.id().toString(), Map.of("name", key.name(), "fingerprint", key.fingerprint()));
    }

    private static Key key(Row row) {
        return new Key(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.text("name"),
                row.text("line"),
                row.text("fingerprint"),
                row.instant("added_at"),
                row.text("added_by"));
    }
}
