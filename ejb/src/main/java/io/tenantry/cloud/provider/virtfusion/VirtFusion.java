package io.tenantry.cloud.provider.virtfusion;

import io.tenantry.cloud.provider.Backoff;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.CustomerRef;
import io.tenantry.cloud.provider.Provider;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.kernel.http.HttpGateway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * VirtFusion panels, by their global API v1: a token of the panel's administration, and an address such as
 * {@code https://panel.example.org/api/v1}. Servers belong to users of the panel; the server options identify the user.
 */
@ApplicationScoped
public class VirtFusion implements Provider {
    /** Server option: the user's external relation, a permanent text that we choose. If the panel has no such user, one is created. */
    public static final String EXT_RELATION_ID = "extRelationId";

    /** Server option: the name of a user that is created. */
    public static final String NAME = "name";

    /** Server option: the email address of a user that is created; no email is sent there when we create servers. */
    public static final String EMAIL = "email";

    @Inject
    HttpGateway httpGateway;

    @Inject
    Clock clock;

    @Override
    public String code() {
        return "virtfusion";
    }

    @Override
    public String name() {
        return "VirtFusion";
    }

    @Override
    public Optional<URI> base() {
        return Optional.empty();
    }

    /** Each customer has a user of the panel, so that the panel shows the customer's servers together. */
    @Override
    public Map<String, String> options(CustomerRef customerRef) {
        return Map.of(EXT_RELATION_ID, "org-" + customerRef.id(), NAME, customerRef.name(), EMAIL, customerRef.email());
    }

    /** The panel installs from its own templates. */
    @Override
    public boolean runsScripts() {
        return false;
    }

    @Override
    public boolean showsScreens() {
        return true;
    }

    @Override
    public ProviderClient open(Credentials credentials) {
        var api = new ProviderHttp(httpGateway, credentials, new VirtFusionProtocol(), clock, Backoff::wait);
        return new VirtFusionClient(api, credentials.base());
    }
}
