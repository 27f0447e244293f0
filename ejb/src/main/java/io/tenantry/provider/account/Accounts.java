package io.tenantry.provider.account;

import io.tenantry.provider.Credentials;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Vendor;
import io.tenantry.secret.Sealed;
import io.tenantry.secret.Vault;
import io.tenantry.secret.VaultLocked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens accounts of the current tenant. What is opened is kept while its credentials stay the same, since it remembers until when the vendor
 * wants no more requests; that is of one node, and nothing is lost with it.
 */
@ApplicationScoped
public class Accounts {
    private static final int KEPT_MAX = 500;

    @Inject
    AccountRecords records;

    @Inject
    Vendors vendors;

    @Inject
    Vault vault;

    private final Map<String, Opened> opened = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Opened> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /** An open account. */
    public static final class Opened {
        private final Provider provider;
        private final String token;

        Opened(Provider provider, String token) {
            this.provider = provider;
            this.token = token;
        }

        public Provider provider() {
            return provider;
        }

        /** Words of the vendor, without the token should they repeat it. */
        public String masked(String words) {
            return words.replace(token, "\u2026");
        }
    }

    /**
     * Speaks for an account, also for one that is switched off: what runs there must still be looked after. Nothing is sent yet.
     *
     * @throws io.tenantry.identity.NotVisible if the tenant has none of that id
     * @throws ProviderFailure if its credentials do not open; nothing was done
     */
    public Provider open(UUID id) {
        return open(records.kept(id)).provider();
    }

    /** As {@link #open(UUID)}, for one that was read before. */
    public Opened open(AccountRecords.Kept kept) {
        var key = kept.place() + "/" + kept.credentials();
        synchronized (opened) {
            return opened.computeIfAbsent(key, unknown -> fresh(kept));
        }
    }

    private Opened fresh(AccountRecords.Kept kept) {
        var vendor = vendors.of(kept.vendor())
                .orElseThrow(() ->
                        new ProviderFailure(Reason.FORBIDDEN, "vendor " + kept.vendor() + " is not there any more"));
        var token = token(kept);
        return new Opened(vendor.open(new Credentials(base(kept, vendor), token)), token);
    }

    private static URI base(AccountRecords.Kept kept, Vendor vendor) {
        return kept.base()
                .map(URI::create)
                .or(vendor::base)
                .orElseThrow(() ->
                        new ProviderFailure(Reason.FORBIDDEN, "account " + kept.id() + " has no address of its panel"));
    }

    private String token(AccountRecords.Kept kept) {
        try {
            return vault.open(Sealed.parse(kept.credentials()), kept.place());
        } catch (VaultLocked locked) {
            throw new ProviderFailure(
                    Reason.CREDENTIALS, String.valueOf(locked.getMessage()), Optional.empty(), locked);
        }
    }
}
