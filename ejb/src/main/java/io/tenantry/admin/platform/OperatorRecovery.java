package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.IssuedLink;
import io.tenantry.people.identity.Staff;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Recovery of an operator who has lost both password and mailbox. For administrators of the server with access to its files: the link is
 * written to a file there, and to no response, log or job repository.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OperatorRecovery {
    @Inject
    Staff staff;

    @Inject
    Settings settings;

    /**
     * Creates a link for an operator and writes it to a file; earlier links of the person stop working. If the process dies in between, the
     * link is in no file and is lost: the next call creates another one.
     *
     * @return the file; empty if no operator who may sign in has that address
     * @throws AccessDeniedException unless the system acts
     */
    public Optional<Path> writeLink(String email) {
        if (!Actors.require().isSystem()) {
            throw new AccessDeniedException("system");
        }
        return Tenancy.in(Scope.PLATFORM, () -> staff.recoveryLink(email)).map(this::write);
    }

    private Path write(IssuedLink link) {
        var file = LinkFile.ofOperator(settings);
        try {
            file.write(link.url() + "\nvalid until " + link.expiresAt() + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file.path();
    }
}
