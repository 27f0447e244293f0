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

/** For which organization a request is: the key's own, else the one that it names, else the person's only one. */
@RequestScoped
public class ActingOrganization {
    @Inject
    CurrentPerson me;

    @Inject
    WalletAdministration wallets;

    @Inject
    Currencies currencies;

    /** In which currency what is offered is told: that of the organization, or that of the books where the request is for none. */
    public Currency currency(@Nullable String named) {
        var isNamed = named != null && !named.isBlank();
        var isOfOne = CurrentApiKey.current().map(CurrentApiKey::organizationId).isPresent()
                || me.getPlaces().size() == 1;
        return isNamed || isOfOne ? wallets.currency(of(named)) : currencies.home();
    }

    /** The organization of a request that names none, if that is clear. */
    Optional<UUID> unnamed() {
        var key = CurrentApiKey.current().map(CurrentApiKey::organizationId);
        var places = me.getPlaces();
        return key.isPresent() || places.size() != 1
                ? key
                : Optional.of(places.get(0).organizationId());
    }

    /** The organization; whether the person may act there, use cases decide. */
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
