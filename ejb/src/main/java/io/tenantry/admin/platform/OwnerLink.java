package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.IssuedLink;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The link with which the platform's owner chooses a password, in a file that only the server's user can read. The log names the file, but not
 * the link.
 */
final class OwnerLink {
    private static final System.Logger LOG = System.getLogger(OwnerLink.class.getName());

    private OwnerLink() {}

    static Path write(Settings settings, IssuedLink link) {
        var file = LinkFile.ofOwner(settings);
        try {
            file.write(link.url() + "\n");
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the platform''s owner chooses a password by the link in {0}, until {1}",
                    file.path(),
                    link.expiresAt());
        } catch (IOException failure) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the link of the platform''s owner was not written to {0} ({1}); set tenantry.data.folder and start again",
                    file.path(),
                    failure);
        }
        return file.path();
    }
}
