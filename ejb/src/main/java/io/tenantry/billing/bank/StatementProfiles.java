package io.tenantry.billing.bank;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Saved settings for reading banks' files, with a name, found by the header of a file. Every change is audited. */
@Stateless
public class StatementProfiles {
    /** Maximum length of a name. */
    public static final int NAME_MAX = 80;

    private static final int PROFILES_MAX = 100;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** Saved settings. */
    public record Profile(UUID id, String name, Instant changedAt, String changedBy) {}

    /** Saved settings with the fingerprint of the header, or of the accounts, for which they were saved. */
    record SavedProfile(UUID id, String fingerprint, Map<String, String> settings) {}

    /** Outcome of a change. */
    public enum Outcome {
        DONE,
        /** The name is missing or too long. */
        NAME,
        /** Another profile has that name. */
        TAKEN,
        /** The file has no columns, or its rows cannot be read with these settings. */
        NOTHING
    }

    /** Returns all profiles, by name. */
    public List<Profile> all() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                "select * from bank_profile order by lower(name)",
                row -> new Profile(
                        row.uuid("id"), row.text("name"), row.instant("changed_at"), row.text("changed_by")));
    }

    /** Returns the profiles for reading files, in a separate transaction, most recently changed first. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public List<SavedProfile> saved() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return sql
                .query(
                        "select id, fingerprint from bank_profile order by changed_at desc limit ?",
                        row -> Map.entry(row.uuid("id"), row.text("fingerprint")),
                        PROFILES_MAX)
                .stream()
                .map(one -> new SavedProfile(one.getKey(), one.getValue(), mapping(one.getKey())))
                .toList();
    }

    private Map<String, String> mapping(UUID id) {
        var mapping = new TreeMap<String, String>();
        sql.query(
                        "select e.key, e.value from bank_profile i cross join lateral jsonb_each_text(i.mapping) e"
                                + " where i.id = ?",
                        row -> Map.entry(row.text("key"), row.text("value")),
                        id)
                .forEach(entry -> mapping.put(entry.getKey(), entry.getValue()));
        return mapping;
    }

    /**
     * Saves how a file was read, for all files with the same header; replaces the profile that was saved for them before.
     *
     * @throws NotFoundException if there is no such file
     */
    public Outcome save(UUID importId, String name) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var called = FileText.line(name, NAME_MAX + 1);
        var fingerprint = sql.first(
                        "select case when problem is null then fingerprint else '' end as fingerprint from bank_import"
                                + " where id = ?",
                        row -> row.text("fingerprint"),
                        importId)
                .orElseThrow(() -> new NotFoundException("bank import", importId));
        if (fingerprint.isEmpty()) {
            return Outcome.NOTHING;
        }
        if (called.isEmpty() || called.length() > NAME_MAX) {
            return Outcome.NAME;
        }
        lock();
        if (isTaken(called, fingerprint)) {
            return Outcome.TAKEN;
        }
        var settings = ProfileSettings.reusable(stated(importId));
        var now = clock.instant();
        var who = Actors.require().name();
        var id = sql.one(
                """
                insert into bank_profile (id, name, fingerprint, mapping, created_at, created_by, changed_at, changed_by)
                values (?, ?, ?, jsonb_object(cast(? as text[]), cast(? as text[])), ?, ?, ?, ?)
                    on conflict on constraint bank_profile_fingerprint_uq do update
                   set name = excluded.name, mapping = excluded.mapping, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                returning id
                """,
                row -> row.uuid("id"),
                Ids.next(clock),
                called,
                fingerprint,
                settings.keySet().toArray(String[]::new),
                settings.values().toArray(String[]::new),
                now,
                who,
                now,
                who);
        sql.update("update bank_import set profile_id = ? where id = ?", id, importId);
        var facts = new TreeMap<String, Object>(settings);
        facts.put("name", called);
        audit.record("bank.profile_saved", "bank_profile", id.toString(), facts);
        return Outcome.DONE;
    }

    /** Serializes naming, so that no concurrent transaction can take the same name. */
    private void lock() {
        sql.query(
                "select 1 as one from (select pg_advisory_xact_lock(?, hashtext(current_schema()))) l",
                row -> row.whole("one"),
                AdvisoryLock.BANK_PROFILES.space());
    }

    private boolean isTaken(String name, String fingerprint) {
        return sql.one(
                "select exists (select from bank_profile where lower(name) = lower(?) and fingerprint <> ?) as taken",
                row -> row.flag("taken"),
                name,
                fingerprint);
    }

    /** Returns the settings entered by a person, or the detected ones if nothing was entered but which lines are accepted. */
    private Map<String, String> stated(UUID importId) {
        var stated = settings(importId, "mapping");
        if (!Set.of(ProfileSettings.ACCEPTED_LINES).containsAll(stated.keySet())) {
            return stated;
        }
        var detected = settings(importId, "layout");
        detected.putAll(stated);
        return detected;
    }

    private Map<String, String> settings(UUID importId, String column) {
        var settings = new TreeMap<String, String>();
        sql.query(
                        "select e.key, e.value from bank_import i cross join lateral jsonb_each_text(i." + column
                                + ") e where i.id = ?",
                        row -> Map.entry(row.text("key"), row.text("value")),
                        importId)
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
        return settings;
    }

    /**
     * Renames a profile.
     *
     * @throws NotFoundException if there is none
     */
    public Outcome rename(UUID id, String name) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var called = FileText.line(name, NAME_MAX + 1);
        lock();
        var known = locked(id);
        if (called.isEmpty() || called.length() > NAME_MAX) {
            return Outcome.NAME;
        }
        if (isTaken(called, known.fingerprint())) {
            return Outcome.TAKEN;
        }
        sql.update(
                "update bank_profile set name = ?, changed_at = ?, changed_by = ? where id = ?",
                called,
                clock.instant(),
                Actors.require().name(),
                id);
        audit.record(
                "bank.profile_renamed", "bank_profile", id.toString(), Map.of("before", known.name(), "name", called));
        return Outcome.DONE;
    }

    /**
     * Deletes a profile: the next file with its header is read by detection.
     *
     * @throws NotFoundException if there is none
     */
    public void delete(UUID id) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var known = locked(id);
        sql.update("delete from bank_profile where id = ?", id);
        audit.record("bank.profile_deleted", "bank_profile", id.toString(), Map.of("name", known.name()));
    }

    private record Known(String name, String fingerprint) {}

    private Known locked(UUID id) {
        return sql.first(
                        "select name, fingerprint from bank_profile where id = ? for update",
                        row -> new Known(row.text("name"), row.text("fingerprint")),
                        id)
                .orElseThrow(() -> new NotFoundException("bank profile", id));
    }
}
