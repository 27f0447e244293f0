package io.tenantry.kernel.secret;

import io.tenantry.config.Settings;
import io.tenantry.files.PrivateFile;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Produces the vault with the keys of the operator's key file. */
@Dependent
public class VaultKeys {
    /**
     * Returns the installation's vault; without keys if no file is configured.
     *
     * @throws IllegalStateException if the file cannot be read, is invalid, or can be read or changed by other users, naming the setting
     */
    @Produces
    @Singleton
    static Vault vault(Settings settings) {
        if (settings.secretKeysFile().isEmpty()) {
            return Vault.of(List.of());
        }
        var file = Path.of(settings.secretKeysFile());
        try {
            if (!PrivateFile.isPrivate(file)) {
                throw new IllegalArgumentException("readable or writable by users other than its owner (chmod 600)");
            }
            return Vault.of(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException missing) {
            throw new IllegalStateException("tenantry.secret.keys-file: " + file + " does not exist", missing);
        } catch (IOException | IllegalArgumentException wrong) {
            throw new IllegalStateException("tenantry.secret.keys-file: " + file + ": " + wrong.getMessage(), wrong);
        }
    }
}
