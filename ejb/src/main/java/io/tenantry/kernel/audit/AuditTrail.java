package io.tenantry.kernel.audit;

import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The record of who did what to what, written in the transaction that does it: no action without a record, no record without an action. Each
 * record contains the hash of the previous one, so that a changed or missing record is detected, and a seal by a key of the {@link Vault}, so
 * that access to the database alone does not suffice to rebuild the chain. Records of a schema are written one at a time until their
 * transaction ends: record last, after the action. Times are the database's, not the business clock's.
 *
 * <p>The chain alone cannot show that its end was cut off; {@link #head()} is stored elsewhere for that each night.
 */
@Stateless
public class AuditTrail {
    /** Filter: the part of an action before the first dot. */
    public static final String AREA = "area";

    /** Filter: the kind of actor. */
    public static final String WHO = "who";

    /** Filter: the id of the affected object. */
    public static final String SUBJECT = "subject";

    /** Filter: the maximum age in days. */
    public static final String SINCE = "since";

    /** Filter: records before the one with that number, so that records written while paging do not shift the list. */
    public static final String BEFORE = "before";

    /** The maximum number that is counted. */
    public static final int COUNTED_MAX = 10_000;

    private static final int TEXT_MAX = 500;

    /** Hashes everything of a record except its own hash; a JSON array makes the boundaries between values unambiguous. */
    static final String HASH = """
            sha256(convert_to(jsonb_build_array(
                encode(prev_hash, 'hex'), seq, (extract(epoch from at) * 1000000)::bigint, actor_kind, actor_id,
                actor_name, real_actor, action, subject_kind, subject_id, facts, address, request_id)::text, 'UTF8'))""";

    private static final String APPEND = """
            insert into audit_record (
                seq, at, actor_kind, actor_id, actor_name, real_actor, action, subject_kind, subject_id, facts, address,
                request_id, prev_hash, hash)
            select d.*, ${hash}
              from (select coalesce(last.seq, 0) + 1 as seq,
                           clock_timestamp() as at,
                           cast(? as text) as actor_kind,
                           cast(? as uuid) as actor_id,
                           cast(? as text) as actor_name,
                           cast(? as text) as real_actor,
                           cast(? as text) as action,
                           cast(? as text) as subject_kind,
                           cast(? as text) as subject_id,
                           jsonb_object(cast(? as text[]), cast(? as text[])) as facts,
                           cast(? as text) as address,
                           cast(? as text) as request_id,
                           coalesce(last.hash, decode(repeat('00', 32), 'hex')) as prev_hash
                      from (values (1)) as one (row)
                      left join (select seq, hash from audit_record order by seq desc limit 1) as last on true) as d
            returning seq, encode(hash, 'hex') as hash
            """.replace("${hash}", HASH);

    private static final String COLUMNS = """
            select seq, at, actor_kind, actor_id, actor_name, real_actor, action, subject_kind, subject_id,
                   facts::text as facts, address, request_id
              from audit_record
            """;

    /** One index step for each distinct action, instead of a scan of all records. */
    private static final String ACTIONS = """
            with recursive known (action) as (
                (select action from audit_record order by action limit 1)
                union all
                select (select r.action from audit_record r where r.action > k.action order by r.action limit 1)
                  from known k
                 where k.action is not null)
            select distinct split_part(action, '.', 1) area from known where action is not null order by area
            """;

    private static final SortOrder SORTING = new SortOrder(Map.of("at", "seq"), "seq desc", "seq");

    @Inject
    Sql sql;

    /** Outside a container there is no key, unless one is provided. */
    @Inject
    Vault vault = Vault.of(List.of());

    /**
     * One record as shown in a list.
     *
     * @param facts a JSON object of texts
     */
    public record Entry(
            long seq,
            Instant at,
            String actorKind,
            Optional<UUID> actorId,
            String actorName,
            Optional<String> realActor,
            String action,
            String subjectKind,
            String subjectId,
            String facts,
            Optional<String> address,
            Optional<String> requestId) {}

    /** The ways in which a record can break the chain. */
    public enum Break {
        /** A preceding record is missing. */
        GAP,
        /** It does not link to the preceding record. */
        DETACHED,
        /** It was changed. */
        CHANGED,
        /** Its seal is invalid: it was changed without access to the key. */
        FORGED,
        /** It has no seal although an earlier one has, or only seals whose keys are missing. */
        UNSEALED,
        /** It is missing, as is everything after it. */
        TRUNCATED
    }

    /** The first break of the chain. */
    public record Fault(long seq, Break reason) {}

    /** The newest record's number and hash (hexadecimal): stored elsewhere, it shows whether the end was cut off. */
    public record Head(long seq, String hash) {}

    /**
     * Records an action of the current actor in the current transaction, or in a separate one if there is none. For staff impersonating a
     * customer the record holds both: the person (actor, and alone in {@code real_actor}) and the organization.
     *
     * @param action noun and verb, such as {@code wallet.credited}
     * @param subjectKind the kind of the affected object, as in table names
     * @param subjectId its id
     * @param facts further facts; texts without secrets
     */
    public void record(String action, String subjectKind, String subjectId, Map<String, ?> facts) {
        sql.query(
                "select pg_advisory_xact_lock(?, hashtext(current_schema()))",
                row -> 0,
                AdvisoryLock.AUDIT_TRAIL.space());
        var actor = Actors.current();
        var origin = RequestOrigin.current();
        var sorted = new TreeMap<String, String>();
        facts.forEach((name, value) -> sorted.put(name, plain(String.valueOf(value))));
        var impersonation = actor.map(Actor::impersonation);
        impersonation.ifPresent(known -> {
            sorted.put("impersonation", known.id().toString());
            sorted.put("for_organization", known.organizationId().toString());
        });
        var head = sql.one(
                APPEND,
                AuditTrail::head,
                actor.map(AuditTrail::kind).orElse("NOBODY"),
                actor.map(Actor::personId).orElse(null),
                plain(actor.map(Actor::name).orElse("")),
                impersonation.map(known -> plain(known.staffName())).orElse(null),
                action,
                subjectKind,
                plain(subjectId),
                sorted.keySet().toArray(String[]::new),
                sorted.values().toArray(String[]::new),
                origin.map(RequestOrigin::address).orElse(null),
                origin.map(RequestOrigin::requestId).orElse(null));
        new AuditChain(sql, vault).seal(head);
    }

    /** Records an action without further facts, like {@link #record(String, String, String, Map)}. */
    public void record(String action, String subjectKind, UUID subjectId) {
        record(action, subjectKind, subjectId.toString(), Map.of());
    }

    /** Returns records, newest first; the total is capped at {@link #COUNTED_MAX}. Checks no permission: the caller does. */
    public ResultPage<Entry> find(ListQuery listQuery) {
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n from (select 1 from audit_record" + sqlConditions.sql() + " limit ?) r",
                row -> row.whole("n"),
                sqlConditions.parameters(COUNTED_MAX));
        return total == 0 ? ResultPage.nothing() : new ResultPage<>(rows(listQuery), total);
    }

    /** Returns the rows without the total, for reading page by page. */
    public List<Entry> rows(ListQuery listQuery) {
        var sqlConditions = conditions(listQuery);
        return sql.query(
                COLUMNS + sqlConditions.sql() + " order by " + SORTING.of(listQuery) + " limit ? offset ?",
                AuditTrail::entry,
                sqlConditions.parameters(listQuery.limit(), listQuery.first()));
    }

    /** Returns the areas of the recorded actions, such as wallet: the part before the first dot. */
    public List<String> areas() {
        return sql.query(ACTIONS, row -> row.text("area"));
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        return new SqlConditions()
                .and(
                        Optional.of(listQuery.search()).filter(text -> !text.isEmpty()),
                        "starts_with(action, ?) or subject_id = ? or strpos(lower(actor_name), lower(?)) > 0 or request_id = ?")
                .and(listQuery.filter(AREA).map(area -> area + "."), "starts_with(action, ?)")
                .and(listQuery.filter(WHO), "actor_kind = ?")
                .and(listQuery.filter(SUBJECT), "subject_id = ?")
                .and(
                        listQuery
                                .filter(SINCE)
                                .filter(days -> days.matches("[0-9]{1,4}"))
                                .map(Integer::valueOf),
                        "at > now() - ? * interval '1 day'")
                .and(
                        listQuery
                                .filter(BEFORE)
                                .filter(seq -> seq.matches("[0-9]{1,18}"))
                                .map(Long::valueOf),
                        "seq < ?");
    }

    /** Returns the first fault of the chain and its seals; empty if all records are unchanged. Reads the whole table. */
    public Optional<Fault> verifyChain() {
        return new AuditChain(sql, vault).fault();
    }

    /**
     * Returns the first fault, also checked against a head that was stored elsewhere. If there is none, the chain is sealed to its end with the
     * current key: older keys are no longer needed.
     *
     * @param kept the last stored head
     * @param wasSealed whether it was stored while there was a key: every record since then has a seal
     */
    public Optional<Fault> verifyAgainst(Optional<Head> kept, boolean wasSealed) {
        var chain = new AuditChain(sql, vault);
        var fault = chain.fault().or(() -> kept.flatMap(chain::fault));
        if (fault.isPresent() || !vault.isReady()) {
            return fault;
        }
        var end = chain.head();
        if (wasSealed) {
            fault = end.filter(head -> !chain.isSealed(head)).map(head -> new Fault(head.seq(), Break.UNSEALED));
        }
        if (fault.isEmpty()) {
            end.ifPresent(chain::seal);
        }
        return fault;
    }

    /** Returns the head of the chain, if there is one. */
    public Optional<Head> head() {
        return new AuditChain(sql, vault).head();
    }

    static Head head(Row row) {
        return new Head(row.big("seq"), row.text("hash"));
    }

    /** An impersonating actor is still a member of staff. */
    private static String kind(Actor actor) {
        return (actor.isImpersonating() ? Actor.Kind.STAFF : actor.kind()).name();
    }

    /** Without control characters (a name must not start a new line in a log) and of bounded length. */
    private static String plain(String text) {
        var line = InputText.foreignLine(text);
        return InputText.cut(line, TEXT_MAX);
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.big("seq"),
                row.instant("at"),
                row.text("actor_kind"),
                row.maybeUuid("actor_id"),
                row.text("actor_name"),
                row.maybeText("real_actor"),
                row.text("action"),
                row.text("subject_kind"),
                row.text("subject_id"),
                row.text("facts"),
                row.maybeText("address"),
                row.maybeText("request_id"));
    }
}
