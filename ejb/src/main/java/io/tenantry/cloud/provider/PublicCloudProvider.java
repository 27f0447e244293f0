package io.tenantry.cloud.provider;

import io.tenantry.kernel.http.HttpGateway;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** A provider with one API address for all its customers. */
public abstract class PublicCloudProvider implements Provider {
    private final String code;
    private final String name;
    private final URI base;
    private final ProviderProtocol providerProtocol;

    @Inject
    HttpGateway httpGateway;

    @Inject
    Clock clock;

    /**
     * Creates a provider with its code, its name for staff and its address.
     *
     * @param base with the path, without a trailing slash
     */
    protected PublicCloudProvider(String code, String name, String base, ProviderProtocol providerProtocol) {
        this.code = code;
        this.name = name;
        this.base = URI.create(base);
        this.providerProtocol = providerProtocol;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<URI> base() {
        return Optional.of(base);
    }

    @Override
    public ProviderClient open(Credentials credentials) {
        return account(new ProviderHttp(httpGateway, credentials, providerProtocol, clock, Backoff::wait), clock);
    }

    /** Creates the client of an account. */
    protected abstract ProviderClient account(ProviderHttp api, Clock clock);
}
