package io.tenantry.kernel.idempotency;

import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * API requests that must be executed once: same key and same request get the same response, same key and another request are refused. Claim,
 * work and response are one transaction, and a repetition waits for the first to end: so this is for work that waits for nothing but the
 * database. Everything else uses {@link SlowRequests}.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class IdempotencyKeys {
    /** Days after which a key expires: longer than any client retries. */
    private static final int KEPT_DAYS = 7;

    @Inject
    Sql sql;

    /** The result of claiming a key. */
    public sealed interface Claim {
        /** Not used yet: do the work, then {@link #answer}. */
        record Fresh() implements Claim {}

        /** Used for the same request; this was the response. */
        record Repeated(String answer) implements Claim {}

        /** Used for another request; this was the response. */
        record Taken(String answer) implements Claim {}
    }

    private record StoredResponse(byte[] requestHash, Optional<byte[]> answer) {}

    /**
     * Claims the current person's key for that request, and locks it: a concurrent repetition waits for the response. A key without a response
     * is free for another request, since the first one did nothing.
     */
    public Claim claim(RequestKey key, String request) {
        var person = person();
        var sealed = EncryptedResponse.of(person, key);
        forgetOld(sql);
        int claimed = sql.update("""
                insert into idempotency_key (key_hash, person_id, request_hash) values (?, ?, ?)
                on conflict (key_hash) do nothing
                """, sealed.keyHash(), person, EncryptedResponse.sha256(request));
        if (claimed == 1) {
            return new Claim.Fresh();
        }
        var storedResponse = sql.one(
                "select request_hash, answer from idempotency_key where key_hash = ? for update",
                row -> new StoredResponse(row.bytes("request_hash"), row.maybeBytes("answer")),
                sealed.keyHash());
        var answer = storedResponse.answer().map(sealed::open);
        if (Arrays.equals(storedResponse.requestHash(), EncryptedResponse.sha256(request))) {
            return new Claim.Repeated(answer.orElse(""));
        }
        if (answer.isPresent()) {
            return new Claim.Taken(answer.get());
        }
        sql.update(
                "update idempotency_key set request_hash = ? where key_hash = ?",
                EncryptedResponse.sha256(request),
                sealed.keyHash());
        return new Claim.Fresh();
    }

    /** Stores the response to the request. */
    public void answer(RequestKey key, String answer) {
        var sealed = EncryptedResponse.of(person(), key);
        sql.update("update idempotency_key set answer = ? where key_hash = ?", sealed.seal(answer), sealed.keyHash());
    }

    static void forgetOld(Sql sql) {
        sql.update(
                "delete from idempotency_key where used_at < clock_timestamp() - make_interval(days => ?)", KEPT_DAYS);
    }

    static UUID person() {
        return Objects.requireNonNull(Actors.require().personId(), "an API client acts for a person");
    }
}
