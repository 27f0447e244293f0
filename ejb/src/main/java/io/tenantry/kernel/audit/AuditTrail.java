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
 * Who did what to what, written in the transaction that does it: no deed without record, no record without deed. Each
 * record has the hash of the one before, so a changed or missing one is found, and a seal by a key of the {@link Vault}, so
 * nobody who has only the database makes the chain again. Records of a schema are written one at a time until their
 * transaction ends: record last, after the deed. Times are the database's, not the business clock's.
 *
 * <p>What the chain alone cannot show is a cut end; {@link #head()} is kept elsewhere for that, each night.
 */
@Stateless
public class AuditTrail {
    /** Filter: the part of actions before the first dot. */
    public static final String AREA = "area";

    /** Filter: the kind of actor. */
    public static final String WHO = "who";

    /** Filter: the id of the thing that something was done to. */
    public static final String SUBJECT = "subject";

    /** Filter: not older than so many days. */
    public static final String SINCE = "since";

    /** Filter: older than the record of that number, so that what is recorded while somebody reads on moves nothing. */
    public static final String BEFORE = "before";

    /** More are not counted. */
    public static final int COUNTED_MAX = 10_000;

    private static final int TEXT_MAX = 500;

    /** Everything of a record but its own hash; a JSON array leaves no doubt where one value ends and the next begins. */
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

    /** One step along the index for each action that there is, instead of a walk over all records. */
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

    /** Outside of a container there is no key, unless somebody gives one. */
    @Inject
    Vault vault = Vault.of(List.of());

    /**
     * One record as a list shows it.
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

    /** How a record can fail to fit the chain. */
    public enum Break {
        /** A record before it is missing. */
        GAP,
        /** It does not follow the record before it. */
        DETACHED,
        /** It was changed. */
        CHANGED,
        /** Its seal does not fit: it was changed by somebody who has no key. */
        FORGED,
        /** It has no seal, though one before it has, or none whose key is there. */
        UNSEALED,
        /** It is missing, and all that followed it. */
        CUT
    }

    /** Where the chain is broken first, and how. */
    public record Fault(long seq, Break reason) {}

    /** The newest record's number and hash (hexadecimal): kept elsewhere, it shows whether the end was cut off. */
    public record Head(long seq, String hash) {}

    /**
     * Records a deed of the current actor in the current transaction; outside one, in one of its own.
     * Of staff who act for a customer the record has both: the person (actor, and alone in {@code real_actor}) and the organization.
     *
     * @param action noun and verb, such as {@code wallet.credited}
     * @param subjectKind what sort of thing it was done to, as tables call it
     * @param subjectId its id
     * @param facts what else is worth knowing; texts without secrets
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

    /** Records a deed without further facts, as {@link #record(String, String, String, Map)}. */
    public void record(String action, String subjectKind, UUID subjectId) {
        record(action, subjectKind, subjectId.toString(), Map.of());
    }

    /** Records, the newest first; of many, the total is {@link #COUNTED_MAX}. Asks for no permission: who shows them does. */
    public ResultPage<Entry> find(ListQuery listQuery) {
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n from (select 1 from audit_record" + sqlConditions.sql() + " limit ?) r",
                row -> row.whole("n"),
                sqlConditions.parameters(COUNTED_MAX));
        return total == 0 ? ResultPage.nothing() : new ResultPage<>(rows(listQuery), total);
    }

    /** The rows alone, for what reads part after part. */
    public List<Entry> rows(ListQuery listQuery) {
        var sqlConditions = conditions(listQuery);
        return sql.query(
                COLUMNS + sqlConditions.sql() + " order by " + SORTING.of(listQuery) + " limit ? offset ?",
                AuditTrail::entry,
                sqlConditions.parameters(listQuery.limit(), listQuery.first()));
    }

    /** What actions there are of, such as wallet: what stands before their first dot. */
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

    /** The first fault of the chain and its seals; empty if all records are as they were written. Reads the whole table. */
    public Optional<Fault> verifyChain() {
        return new AuditChain(sql, vault).fault();
    }

    /**
     * The first fault, also against a head that was kept elsewhere. Without one, the chain is sealed to its end by the key that seals now: an older
     * key is needed no more.
     *
     * @param kept the head that was kept last
     * @param wasSealed whether it was kept while there was a key: since then each record has a seal
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

    /** The end of the chain, if there is one. */
    public Optional<Head> head() {
        return new AuditChain(sql, vault).head();
    }

    static Head head(Row row) {
        return new Head(row.big("seq"), row.text("hash"));
    }

    /** Whoever acts for a customer is of the staff all the same. */
    private static String kind(Actor actor) {
        return (actor.isImpersonating() ? Actor.Kind.STAFF : actor.kind()).name();
    }

    /** Without control characters (a name must not begin a new line in a log) and of bounded length. */
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
