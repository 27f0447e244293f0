package io.tenantry.kernel.idempotency;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * API requests that must be executed once and take long: no transaction is open during the work. {@link #begin} records that the work is in
 * progress, with a lease; {@link #finish} stores the response in the transaction that makes the work visible, so that both exist or neither
 * does; {@link #release} makes the key usable again if the work failed. If the process dies in between, a repetition takes over when the lease
 * has expired: the work must be safe to repeat until its last transaction. Leases use the database's clock.
 */
@Stateless
public class SlowRequests {
    /** Longer than the work takes, even on a busy machine. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration RETRY_MAX = Duration.ofSeconds(10);

    private static final String BEGIN = """
            insert into idempotency_key as k (key_hash, person_id, request_hash, lease, leased_until)
            values (?, ?, ?, ?, clock_timestamp() + cast(? as interval))
            on conflict (key_hash) do update
               set lease = excluded.lease,
                   leased_until = excluded.leased_until
             where k.answer is null
               and k.request_hash = excluded.request_hash
               and (k.leased_until is null or k.leased_until < clock_timestamp())
            """;

    private static final String KEPT = """
            select request_hash, answer,
                   coalesce(ceil(extract(epoch from leased_until - clock_timestamp())), 0)::int as seconds
              from idempotency_key
             where key_hash = ?
            """;

    private static final String FINISH = """
            update idempotency_key
               set answer = ?, lease = null, leased_until = null
             where key_hash = ?
               and lease = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** The result of claiming a request. */
    public sealed interface Claim {
        /** Do the work, then {@link #finish} or {@link #release}. */
        record Fresh(Lease lease) implements Claim {}

        /** Nothing to do: this was the response. */
        record Repeated(String answer) implements Claim {}

        /** Nothing to do: the same request is in progress; retry after this time. */
        record InProgress(Duration retryAfter) implements Claim {}

        /** Refused: the key was used for another request. */
        record Taken() implements Claim {}
    }

    /** The right to do the work of a request. */
    public record Lease(RequestKey key, UUID id) {}

    private record StoredResponse(byte[] requestHash, Optional<byte[]> answer, int seconds) {}

    /** Thrown if the lease has expired and another request does the work: this transaction is rolled back. */
    public static final class LeaseLost extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        LeaseLost() {
            super("another request has taken over the work");
        }
    }

    /** Claims the current person's key for that request, in a separate transaction. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Claim begin(RequestKey key, String request) {
        var person = IdempotencyKeys.person();
        var sealed = EncryptedResponse.of(person, key);
        var hash = EncryptedResponse.sha256(request);
        var lease = Ids.next(clock);
        IdempotencyKeys.forgetOld(sql);
        if (sql.update(BEGIN, sealed.keyHash(), person, hash, lease, LEASE.toSeconds() + " seconds") == 1) {
            return new Claim.Fresh(new Lease(key, lease));
        }
        var storedResponse = sql.one(
                KEPT,
                row -> new StoredResponse(row.bytes("request_hash"), row.maybeBytes("answer"), row.whole("seconds")),
                sealed.keyHash());
        if (!Arrays.equals(storedResponse.requestHash(), hash)) {
            return new Claim.Taken();
        }
        if (storedResponse.answer().isPresent()) {
            return new Claim.Repeated(sealed.open(storedResponse.answer().get()));
        }
        var left = Duration.ofSeconds(Math.max(1, storedResponse.seconds()));
        return new Claim.InProgress(left.compareTo(RETRY_MAX) < 0 ? left : RETRY_MAX);
    }

    /**
     * Stores the response, in the transaction that makes the work visible.
     *
     * @throws LeaseLost if another request has taken over the work
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void finish(Lease lease, String answer) {
        var sealed = EncryptedResponse.of(IdempotencyKeys.person(), lease.key());
        if (sql.update(FINISH, sealed.seal(answer), sealed.keyHash(), lease.id()) != 1) {
            throw new LeaseLost();
        }
    }

    /** Makes the key usable again after the work failed. Work that is finished or was taken over is not affected. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void release(Lease lease) {
        var sealed = EncryptedResponse.of(IdempotencyKeys.person(), lease.key());
        sql.update(
                "delete from idempotency_key where key_hash = ? and lease = ? and answer is null",
                sealed.keyHash(),
                lease.id());
    }
}
