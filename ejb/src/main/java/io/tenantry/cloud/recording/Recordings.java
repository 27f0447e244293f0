package io.tenantry.cloud.recording;

import io.tenantry.cloud.recording.RecordingRepository.StoredRecording;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.secret.EncryptedSecret;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.secret.VaultException;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * The recordings of customers' consoles, and the policy for them. Recording is off until staff enable it, and is announced before it starts.
 * Recordings are sealed, kept for a number of days, and every replay is audited.
 */
@Stateless
public class Recordings {
    private static final System.Logger LOG = System.getLogger(Recordings.class.getName());

    /** The maximum retention. */
    public static final int DAYS_MAX = 365;

    private static final int SHOWN_MAX = 200;
    private static final String POLICY = "select is_on, keep_days from recording_policy";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    RecordingRepository records;

    @Inject
    Vault vault;

    /** For the container. */
    public Recordings() {}

    /** For use outside a container. */
    public Recordings(Sql sql, Clock clock, Access access, AuditTrail audit, Vault vault) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.vault = vault;
        records = new RecordingRepository(sql);
    }

    /** The reseller's policy. */
    public record Policy(boolean isOn, int keepDays) {}

    /** The outcome of a change. */
    public enum Outcome {
        DONE,
        /** The retention is not 1 to 365 days. */
        BAD_DAYS,
        /** The installation has no key to seal with, so nothing can be recorded. */
        NO_KEY
    }

    /**
     * A recording as shown in a list.
     *
     * @param bytes number of bytes sent by the server
     * @param isCut whether output was omitted
     */
    public record Line(
            UUID id,
            UUID serviceId,
            String service,
            String person,
            Instant startedAt,
            long seconds,
            long bytes,
            boolean isCut) {}

    /** Whether a console that is opened now is recorded. Requires no permission: called when one is opened. */
    public boolean isOn() {
        return vault.isReady() && known().isOn();
    }

    /** Returns the policy. */
    public Policy policy() {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        return known();
    }

    /** Changes the policy from now on; open consoles are not affected. */
    public Outcome change(Policy wanted) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (wanted.keepDays() < 1 || wanted.keepDays() > DAYS_MAX) {
            return Outcome.BAD_DAYS;
        }
        if (wanted.isOn() && !vault.isReady()) {
            return Outcome.NO_KEY;
        }
        sql.update(
                "update recording_policy set is_on = ?, keep_days = ?, changed_at = ?, changed_by = ?",
                wanted.isOn(),
                wanted.keepDays(),
                clock.instant(),
                Actors.require().name());
        audit.record(
                "recording.policy_changed",
                "tenant",
                Tenancy.tenant().value(),
                Map.of("on", String.valueOf(wanted.isOn()), "days", String.valueOf(wanted.keepDays())));
        return Outcome.DONE;
    }

    /** Returns the latest recordings, the newest first. */
    public List<Line> latest() {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        return sql.query("""
                select r.id, r.service_id, s.name service, r.person, r.started_at, r.seconds, r.output_bytes, r.truncated
                  from console_recording r
                  join service s on s.id = r.service_id
                 order by r.started_at desc, r.id desc
                 limit ?
                """, Recordings::read, SHOWN_MAX);
    }

    /**
     * Stores a recording of the current user. Requires no permission: it was checked when the console was opened.
     *
     * @throws VaultException if there is no longer a key
     */
    public void keep(UUID serviceId, Asciicast.CompletedRecording completedRecording) {
        var id = Ids.next(clock);
        var content = Base64.getEncoder().encodeToString(completedRecording.packed());
        sql.update(
                """
                insert into console_recording (id, service_id, person_id, person, started_at, seconds, output_bytes, truncated, content)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                serviceId,
                Actors.require().personId(),
                Actors.require().name(),
                completedRecording.startedAt(),
                completedRecording.seconds(),
                completedRecording.bytes(),
                completedRecording.isCut(),
                vault.seal(content, StoredRecording.place(id)).text());
    }

    /**
     * Returns a recording as the lines of an asciicast; empty if its key is missing. The access is recorded in the audit trail.
     *
     * @throws NotFoundException if no recording has that ID any longer
     */
    public Optional<String> replay(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var storedRecording = records.of(id).orElseThrow(() -> new NotFoundException("recording", id));
        String content;
        try {
            content = vault.open(EncryptedSecret.parse(storedRecording.content()), storedRecording.place());
        } catch (VaultException shut) {
            LOG.log(System.Logger.Level.WARNING, "recording {0} cannot be decrypted: {1}", id, shut.getMessage());
            return Optional.empty();
        }
        audit.record(
                "recording.replayed",
                "service",
                storedRecording.serviceId().toString(),
                Map.of("recording", id.toString()));
        try (var packed =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(content)))) {
            return Optional.of(new String(packed.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Deletes the recordings of the current tenant whose retention has expired. */
    public int forget() {
        return sql.update("""
                delete from console_recording r
                 using recording_policy p
                 where r.started_at + make_interval(days => p.keep_days) <= ?
                """, clock.instant());
    }

    private Policy known() {
        return sql.one(POLICY, row -> new Policy(row.flag("is_on"), row.whole("keep_days")));
    }

    private static Line read(Row row) {
        return new Line(
                row.uuid("id"),
                row.uuid("service_id"),
                row.text("service"),
                row.text("person"),
                row.instant("started_at"),
                row.big("seconds"),
                row.big("output_bytes"),
                row.flag("truncated"));
    }
}
