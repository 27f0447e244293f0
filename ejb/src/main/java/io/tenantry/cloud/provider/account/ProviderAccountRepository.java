package io.tenantry.cloud.provider.account;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores what is needed to open and test accounts. Requires no permission: called by use cases that have checked it, and by work items. */
@Stateless
public class ProviderAccountRepository {
    private static final int WORDS_MAX = 500;

    private static final String KEPT = "select id, name, provider, base_url, credentials from provider_account";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    /**
     * The stored data of an account.
     *
     * @param credentials sealed
     */
    public record StoredAccount(UUID id, String name, String provider, Optional<String> base, String credentials) {
        /** Returns the context that the credentials are sealed for: with a tampered address, they cannot be unsealed and are sent nowhere. */
        String place() {
            return place(id, provider, base);
        }

        static String place(UUID id, String provider, Optional<String> base) {
            return Tenancy.scope().label() + "/provider-account/" + id + "/" + provider
                    + base.map(address -> "/" + address).orElse("");
        }

        @Override
        public String toString() {
            return "Kept[" + id + "]";
        }
    }

    /**
     * Returns an account of the tenant.
     *
     * @throws NotFoundException if no account has that ID
     */
    public StoredAccount kept(UUID id) {
        return sql.first(KEPT + " where id = ?", ProviderAccountRepository::read, id)
                .orElseThrow(() -> new NotFoundException("provider account", id));
    }

    /** Returns the account with the name that services use; empty if staff have not connected it. */
    public Optional<StoredAccount> find(String account) {
        return sql.first(KEPT + " where id::text = ?", ProviderAccountRepository::read, account);
    }

    /** Returns all accounts. */
    public List<StoredAccount> all() {
        return sql.query(KEPT + " order by id", ProviderAccountRepository::read);
    }

    /** Returns the number of accounts sealed by each key. */
    public Map<String, Integer> keys() {
        return sql
                .query(
                        "select key_id key, count(*)::int n from provider_account group by 1",
                        row -> Map.entry(row.text("key"), row.whole("n")))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Stores the result of a test; ignored if the credentials were replaced meanwhile. */
    public void tested(StoredAccount storedAccount, ConnectionTestResult connectionTestResult, String words) {
        var plain = InputText.foreignLine(words);
        var noted = sql.update(
                "update provider_account set tested_at = ?, test_result = ?, test_message = ? where id = ? and credentials = ?",
                clock.instant(),
                connectionTestResult,
                InputText.cut(plain, WORDS_MAX),
                storedAccount.id(),
                storedAccount.credentials());
        if (noted > 0) {
            audit.record(
                    "provider.tested",
                    "provider_account",
                    storedAccount.id().toString(),
                    Map.of("test_result", connectionTestResult));
        }
    }

    /** Replaces the sealed credentials, unless they were changed concurrently. */
    public boolean reseal(StoredAccount storedAccount, String credentials) {
        return sql.update(
                        "update provider_account set credentials = ? where id = ? and credentials = ?",
                        credentials,
                        storedAccount.id(),
                        storedAccount.credentials())
                > 0;
    }

    private static StoredAccount read(Row row) {
        return new StoredAccount(
                row.uuid("id"),
                row.text("name"),
                row.text("provider"),
                row.maybeText("base_url"),
                row.text("credentials"));
    }
}
