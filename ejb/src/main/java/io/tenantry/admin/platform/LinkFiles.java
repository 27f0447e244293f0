package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.PasswordLinks;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;

/**
 * The files of this node with one-time links of operators. A link is used on any node, replaced or expires; each node looks after its own files, so
 * a file goes also if the process died after its link was used. Asks for no permission: it shows nothing.
 */
@Stateless
public class LinkFiles {
    private static final System.Logger LOG = System.getLogger(LinkFiles.class.getName());

    @Inject
    Settings settings;

    @Inject
    PasswordLinks links;

    /** Deletes the files whose link no longer works. Asks the database only if there is a file. */
    public void deleteUseless() {
        for (var file : LinkFile.all(settings)) {
            try {
                if (file.deleteUnless(this::works)) {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "deleted {0}: its link was used, replaced or has expired",
                            file.path());
                }
            } catch (IOException failure) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} has a link that no longer works and could not be deleted: {1}",
                        file.path(),
                        failure);
            }
        }
    }

    private boolean works(String secret) {
        return Tenancy.in(Scope.PLATFORM, () -> links.open(secret)).isPresent();
    }
}
