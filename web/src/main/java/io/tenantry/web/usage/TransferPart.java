package io.tenantry.web.usage;

import io.tenantry.usage.Transfers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a service has sent and received, for the page of the service. */
@Named
@RequestScoped
public class TransferPart {
    @Inject
    Transfers transfers;

    private @Nullable UUID service;
    private Optional<Transfers.Standing> standing = Optional.empty();

    /** How it stands; asked for once a page. */
    public Optional<Transfers.Standing> of(UUID id) {
        if (!id.equals(service)) {
            standing = transfers.of(id);
            service = id;
        }
        return standing;
    }
}
