package io.tenantry.provider.account;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Permission;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * Whether accounts work, as those find who look at them by themselves. Staff see it with the account, and are told once when it fails and
 * once when it works again, however often it is looked at. Joins the caller's transaction; asks for no right: part of work.
 */
@ApplicationScoped
public class AccountHealth {
    private static final int WORDS_MAX = 500;
    private static final int TOLD_MAX = 200;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public AccountHealth() {}

    /** For use outside a container. */
    public AccountHealth(Sql sql, Clock clock, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.audit = audit;
    }

    /** It was looked at to the end; of credentials that were replaced meanwhile that says nothing. */
    public void works(AccountRecords.Kept kept) {
        var now = clock.instant();
        sql.update("""
                update provider_account set tested_at = ?, verdict = ?, words = ''
                 where id = ? and credentials = ? and verdict is distinct from 'WORKS'
                """, now, Verdict.WORKS, kept.id(), kept.credentials());
        var turned = sql.update(
                "update provider_account set health_told = 'WORKS' where id = ? and credentials = ? and health_told = 'FAILS'",
                kept.id(),
                kept.credentials());
        if (turned > 0) {
            tell(kept, Note.Kind.PROVIDER_WORKS, Verdict.WORKS, "", now);
        }
    }

    /**
     * It was not looked at to the end. That a vendor wants to be asked later is no failure.
     *
     * @param words the vendor's, without what lets us in
     */
    public void fails(AccountRecords.Kept kept, Verdict verdict, String words) {
        var now = clock.instant();
        var plain = InputText.foreignLine(words);
        var noted = sql.update(
                "update provider_account set tested_at = ?, verdict = ?, words = ? where id = ? and credentials = ?",
                now,
                verdict,
                cut(plain, WORDS_MAX),
                kept.id(),
                kept.credentials());
        if (noted == 0 || verdict == Verdict.BUSY) {
            return;
        }
        var turned = sql.update(
                "update provider_account set health_told = 'FAILS' where id = ? and health_told is distinct from 'FAILS'",
                kept.id());
        if (turned > 0) {
            tell(kept, Note.Kind.PROVIDER_FAILS, verdict, cut(plain, TOLD_MAX), now);
        }
    }

    private void tell(AccountRecords.Kept kept, Note.Kind kind, Verdict verdict, String words, Instant now) {
        audit.record("provider.turned", "provider_account", kept.id().toString(), Map.of("verdict", verdict));
        var note = new Note(
                kind, kept.name(), words, "provider?id=" + kept.id(), "provider-health:" + kept.id() + ":" + now);
        Notices.tellStaff(sql, Permission.STAFF_PROVIDERS_MANAGE, note, now);
    }

    private static String cut(String line, int max) {
        return InputText.cut(line, max);
    }
}
