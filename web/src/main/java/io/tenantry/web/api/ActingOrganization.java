package io.tenantry.web.api;

import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.catalog.Currencies;
import io.tenantry.people.identity.CurrentApiKey;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The organization that a request acts for: the key's own, else the one that the request names, else the person's only one. */
@RequestScoped
public class ActingOrganization {
    @Inject
    CurrentPerson me;

    @Inject
    WalletAdministration wallets;

    @Inject
    Currencies currencies;

    /** Returns the currency of offers: that of the organization, or that of the ledger if the request is for none. */
    public Currency currency(@Nullable String named) {
        var isNamed = named != null && !named.isBlank();
        var isOfOne = CurrentApiKey.current().map(CurrentApiKey::organizationId).isPresent()
                || me.getPlaces().size() == 1;
        return isNamed || isOfOne ? wallets.currency(of(named)) : currencies.home();
    }

    /** Returns the organization of a request that names none, if it is unambiguous. */
    Optional<UUID> unnamed() {
        var key = CurrentApiKey.current().map(CurrentApiKey::organizationId);
        var places = me.getPlaces();
        return key.isPresent() || places.size() != 1
                ? key
                : Optional.of(places.get(0).organizationId());
    }

    /** Returns the organization; use cases decide whether the person may act there. */
    public UUID of(@Nullable String named) {
        if (named != null && !named.isBlank()) {
            return id("organization_id", named);
        }
        return unnamed().orElseThrow(() -> ProblemException.field("organization_id", "missing", ""));
    }

    static UUID id(String field, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw ProblemException.field(field, "malformed", text);
        }
    }
}
