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

/** What is kept of accounts for opening and testing them. Asks for no right: part of use cases that did, and of work. */
@Stateless
public class ProviderAccountRepository {
    private static final int WORDS_MAX = 500;

    private static final String KEPT = "select id, name, vendor, base, credentials from provider_account";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    /**
     * How an account is opened.
     *
     * @param credentials sealed
     */
    public record StoredAccount(UUID id, String name, String vendor, Optional<String> base, String credentials) {
        /** For what they are sealed: whoever writes another address beside them has them sent nowhere. */
        String place() {
            return place(id, vendor, base);
        }

        static String place(UUID id, String vendor, Optional<String> base) {
            return Tenancy.scope().label() + "/provider-account/" + id + "/" + vendor
                    + base.map(address -> "/" + address).orElse("");
        }

        @Override
        public String toString() {
            return "Kept[" + id + "]";
        }
    }

    /**
     * An account of the tenant.
     *
     * @throws NotFoundException if there is none of that id
     */
    public StoredAccount kept(UUID id) {
        return sql.first(KEPT + " where id = ?", ProviderAccountRepository::read, id)
                .orElseThrow(() -> new NotFoundException("provider account", id));
    }

    /** The account of that name within services; empty if staff have not connected it. */
    public Optional<StoredAccount> find(String account) {
        return sql.first(KEPT + " where id::text = ?", ProviderAccountRepository::read, account);
    }

    /** All of them. */
    public List<StoredAccount> all() {
        return sql.query(KEPT + " order by id", ProviderAccountRepository::read);
    }

    /** How many each key has sealed. */
    public Map<String, Integer> keys() {
        return sql
                .query(
                        "select key_id key, count(*)::int n from provider_account group by 1",
                        row -> Map.entry(row.text("key"), row.whole("n")))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Notes what came of a test; of credentials that were replaced meanwhile it says nothing. */
    public void tested(StoredAccount storedAccount, ConnectionTestResult connectionTestResult, String words) {
        var plain = InputText.foreignLine(words);
        var noted = sql.update(
                "update provider_account set tested_at = ?, verdict = ?, words = ? where id = ? and credentials = ?",
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
                    Map.of("verdict", connectionTestResult));
        }
    }

    /** Puts another seal in the place of one, unless somebody was faster. */
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
                row.uuid("id"), row.text("name"), row.text("vendor"), row.maybeText("base"), row.text("credentials"));
    }
}
