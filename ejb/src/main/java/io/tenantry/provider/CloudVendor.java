package io.tenantry.provider;

import io.tenantry.outbound.Outbound;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** A vendor with one address for all its customers. */
public abstract class CloudVendor implements Vendor {
    private final String code;
    private final String name;
    private final URI base;
    private final Dialect dialect;

    @Inject
    Outbound outbound;

    @Inject
    Clock clock;

    /**
     * As it is called by us, by staff, and where it is.
     *
     * @param base with the path, without a slash at the end
     */
    protected CloudVendor(String code, String name, String base, Dialect dialect) {
        this.code = code;
        this.name = name;
        this.base = URI.create(base);
        this.dialect = dialect;
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
    public Provider open(Credentials credentials) {
        return account(new VendorApi(outbound, credentials, dialect, clock, Pauses::wait), clock);
    }

    /** An account, reached by that. */
    protected abstract Provider account(VendorApi api, Clock clock);
}
