package io.tenantry.cloud.provider.account;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * The health of accounts as observed by scheduled work. Staff see it with the account, and are notified once when it fails and once when it
 * works again, however often it is checked. Joins the caller's transaction; requires no permission: called by work items.
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

    /** Records a complete run. A result for credentials that were replaced meanwhile is ignored. */
    public void works(ProviderAccountRepository.StoredAccount storedAccount) {
        var now = clock.instant();
        sql.update("""
                update provider_account set tested_at = ?, test_result = ?, test_message = ''
                 where id = ? and credentials = ? and test_result is distinct from 'WORKS'
                """, now, ConnectionTestResult.WORKS, storedAccount.id(), storedAccount.credentials());
        var turned = sql.update(
                "update provider_account set health_notified = 'WORKS' where id = ? and credentials = ? and health_notified = 'FAILS'",
                storedAccount.id(),
                storedAccount.credentials());
        if (turned > 0) {
            sendAlert(storedAccount, Notification.Kind.PROVIDER_RECOVERED, ConnectionTestResult.WORKS, "", now);
        }
    }

    /**
     * Records an incomplete run. A provider that asks for a later attempt is not a failure.
     *
     * @param words the provider's message, without credentials
     */
    public void fails(
            ProviderAccountRepository.StoredAccount storedAccount,
            ConnectionTestResult connectionTestResult,
            String words) {
        var now = clock.instant();
        var plain = InputText.foreignLine(words);
        var noted = sql.update(
                "update provider_account set tested_at = ?, test_result = ?, test_message = ? where id = ? and credentials = ?",
                now,
                connectionTestResult,
                cut(plain, WORDS_MAX),
                storedAccount.id(),
                storedAccount.credentials());
        if (noted == 0 || connectionTestResult == ConnectionTestResult.BUSY) {
            return;
        }
        var turned = sql.update(
                "update provider_account set health_notified = 'FAILS' where id = ? and health_notified is distinct from 'FAILS'",
                storedAccount.id());
        if (turned > 0) {
            sendAlert(
                    storedAccount, Notification.Kind.PROVIDER_FAILING, connectionTestResult, cut(plain, TOLD_MAX), now);
        }
    }

    private void sendAlert(
            ProviderAccountRepository.StoredAccount storedAccount,
            Notification.Kind kind,
            ConnectionTestResult connectionTestResult,
            String words,
            Instant now) {
        audit.record(
                "provider.health_changed",
                "provider_account",
                storedAccount.id().toString(),
                Map.of("test_result", connectionTestResult));
        var notification = new Notification(
                kind,
                storedAccount.name(),
                words,
                "provider?id=" + storedAccount.id(),
                "provider-health:" + storedAccount.id() + ":" + now);
        Notifications.notifyStaff(sql, Permission.STAFF_PROVIDERS_MANAGE, notification, now);
    }

    private static String cut(String line, int max) {
        return InputText.cut(line, max);
    }
}
