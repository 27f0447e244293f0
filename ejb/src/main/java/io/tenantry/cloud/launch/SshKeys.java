package io.tenantry.cloud.launch;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
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

/**
 * The public SSH keys of an organization, to choose from when a server is ordered. Servers that have a key keep it, whatever becomes of it
 * here.
 */
@Stateless
public class SshKeys {
    /** More than this nobody can tell apart. */
    public static final int KEYS_MAX = 50;

    /** A name is no longer than this. */
    public static final int NAME_MAX = 80;

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
        /** What sort of key it is, such as {@code ssh-ed25519}. */
        public String kind() {
            return line.substring(0, line.indexOf(' '));
        }
    }

    /** How adding a key ended. */
    public sealed interface Outcome {
        /** It is there. */
        record Added(Key key) implements Outcome {}

        /** It was there already, under that name. */
        record Duplicate(String name) implements Outcome {}

        /** The text is not taken. */
        record Refused(PublicKey.Fault fault) implements Outcome {}

        /** A name has 1 to {@link #NAME_MAX} letters. */
        record BadName() implements Outcome {}

        /** There are {@link #KEYS_MAX} already. */
        record TooMany() implements Outcome {}
    }

    /** The keys of an organization by name. */
    public List<Key> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.SSH_KEYS_VIEW);
        return sql.query(COLUMNS + "where organization_id = ? order by lower(name), id", SshKeys::key, organizationId);
    }

    /** Those of these that are the organization's, by name. The caller checks the right. */
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
     * @param name what it is called; blank for what stands behind the key
     * @param typed a line as in a file that ends in .pub
     */
    public Outcome add(UUID organizationId, String name, String typed) {
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
        // One at a time for an organization: else two find room for the last one.
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

    /** Takes a key away, and tells what it was. */
    public Key delete(UUID id) {
        var key = sql.first(COLUMNS + "where id = ? for update", SshKeys::key, id)
                .orElseThrow(() -> new NotFoundException("ssh key", id));
        access.requireIn(key.organizationId(), Permission.SSH_KEYS_MANAGE);
        sql.update("delete from ssh_key where id = ?", id);
        note("ssh_key.deleted", key);
        return key;
    }

    /**
     * Takes {@link #delete} back.
     *
     * @return false if the organization has that key again already, or no room for it
     */
    public boolean putBack(Key key) {
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
