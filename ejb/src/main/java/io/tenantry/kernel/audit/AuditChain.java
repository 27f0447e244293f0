package io.tenantry.kernel.audit;

import io.tenantry.kernel.audit.AuditTrail.Break;
import io.tenantry.kernel.audit.AuditTrail.Fault;
import io.tenantry.kernel.audit.AuditTrail.Head;
import io.tenantry.kernel.secret.Signature;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The hash chain of the current schema's audit records: its verification and its seals. A seal covers all records up to its own. */
final class AuditChain {
    private static final String PURPOSE = "audit trail";

    /** The number of seals read at once. */
    private static final int PART = 10_000;

    private static final String BROKEN = """
            select r.seq,
                   case when r.seq <> r.expected_seq then 'GAP'
                        when r.prev_hash <> r.expected_prev then 'DETACHED'
                        else 'CHANGED' end as fault
              from (select seq,
                           prev_hash,
                           hash,
                           ${hash} as expected_hash,
                           row_number() over (order by seq) as expected_seq,
                           lag(hash, 1, decode(repeat('00', 32), 'hex')) over (order by seq) as expected_prev
                      from audit_record) as r
             where r.seq <> r.expected_seq
                or r.prev_hash <> r.expected_prev
                or r.hash <> r.expected_hash
             order by r.seq
             limit 1
            """.replace("${hash}", AuditTrail.HASH);

    private static final String UNSEALED = """
            select r.seq
              from audit_record r
             where r.seq > (select min(seq) from audit_seal)
               and not exists (select from audit_seal s where s.seq = r.seq)
             order by r.seq
             limit 1
            """;

    private static final String TRUNCATED = """
            select s.seq
              from audit_seal s
             where s.seq > coalesce((select max(seq) from audit_record), 0)
             order by s.seq
             limit 1
            """;

    private static final String SEALS = """
            select s.seq, s.key_id, s.mac, encode(r.hash, 'hex') as hash
              from audit_seal s
              join audit_record r on r.seq = s.seq
             where s.seq > ? and s.seq <= ?
             order by s.seq
            """;

    private final Sql sql;
    private final Vault vault;

    AuditChain(Sql sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    private record Seal(Head head, Signature signature) {}

    /** Seals a record with the current key, if there is one; an older key may have sealed it before. */
    void seal(Head head) {
        vault.sign(PURPOSE, text(head))
                .ifPresent(signature -> sql.update(
                        "insert into audit_seal (seq, key_id, mac) values (?, ?, ?) on conflict do nothing",
                        head.seq(),
                        signature.keyId(),
                        signature.mac()));
    }

    boolean isSealed(Head head) {
        return sql.one(
                "select exists (select from audit_seal where seq = ?) as is_sealed",
                row -> row.flag("is_sealed"),
                head.seq());
    }

    Optional<Head> head() {
        return sql.first(
                "select seq, encode(hash, 'hex') as hash from audit_record order by seq desc limit 1",
                AuditTrail::head);
    }

    /** Returns the first fault of the records and their seals. */
    Optional<Fault> fault() {
        return Stream.of(
                        sql.first(BROKEN, row -> new Fault(row.big("seq"), Break.valueOf(row.text("fault")))),
                        sql.first(UNSEALED, row -> new Fault(row.big("seq"), Break.UNSEALED)),
                        sql.first(TRUNCATED, row -> new Fault(row.big("seq"), Break.TRUNCATED)),
                        sealFault())
                .flatMap(Optional::stream)
                .min(Comparator.comparingLong(Fault::seq));
    }

    /** Checks that the record that was the last one then still exists unchanged. */
    Optional<Fault> fault(Head kept) {
        var now = sql.first(
                "select seq, encode(hash, 'hex') as hash from audit_record where seq = ?",
                AuditTrail::head,
                kept.seq());
        return now.isEmpty()
                ? Optional.of(new Fault(kept.seq(), Break.TRUNCATED))
                : now.filter(head -> !head.equals(kept)).map(head -> new Fault(head.seq(), Break.CHANGED));
    }

    /** A seal by a missing key proves nothing; but the last sealed record needs one by an existing key, as it covers all before it. */
    private Optional<Fault> sealFault() {
        var last = sql.one("select max(seq) as last from audit_seal", row -> row.maybeBig("last"));
        if (last.isEmpty() || !vault.isReady()) {
            return Optional.empty();
        }
        var known = 0L;
        for (var from = 0L; from < last.get(); from += PART) {
            for (var seal : seals(from, from + PART)) {
                if (vault.has(seal.signature().keyId())) {
                    if (!vault.isSigned(seal.signature(), PURPOSE, text(seal.head()))) {
                        return Optional.of(new Fault(seal.head().seq(), Break.FORGED));
                    }
                    known = seal.head().seq();
                }
            }
        }
        return known == last.get() ? Optional.empty() : Optional.of(new Fault(known + 1, Break.UNSEALED));
    }

    private Iterable<Seal> seals(long after, long until) {
        return sql.query(
                SEALS,
                row -> new Seal(AuditTrail.head(row), new Signature(row.text("key_id"), row.bytes("mac"))),
                after,
                until);
    }

    private static String text(Head head) {
        return Tenancy.scope().schema() + "\n" + head.seq() + "\n" + head.hash();
    }
}
