package io.tenantry.people.identity;

import io.tenantry.text.InputText;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;

/** Writes {@code common-passwords.bloom}; {@code passwords.md} beside that file names the source list. */
public final class CommonPasswordsFile {
    /** From a list sorted by frequency: all of the most common ones, and of the rest those that meet our minimum length. */
    private static final int MOST_COMMON = 100_000;

    /** 19.2 bits and 13 hashes for each password give one false positive in ten thousand. */
    private static final long BITS_OF_TEN = 192;

    private static final long BITS_OF_TEN_BYTES = 10L * Byte.SIZE;

    private static final int HASHES = 13;

    private CommonPasswordsFile() {}

    /** Takes the list (a password a line, the most common first) and the file to write. */
    public static void main(String[] arguments) throws IOException {
        var chosen = new HashSet<String>();
        var place = 0;
        for (var line : Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            var password = InputText.trimmed(InputText.password(line)).toLowerCase(Locale.ROOT);
            var isLong = password.codePointCount(0, password.length()) >= PasswordPolicy.LENGTH_MIN;
            if (!password.isEmpty() && (place++ < MOST_COMMON || isLong)) {
                chosen.add(password);
            }
        }
        write(chosen, Path.of(arguments[1]));
    }

    private static void write(Collection<String> passwords, Path file) throws IOException {
        var bits =
                new byte[Math.toIntExact((passwords.size() * BITS_OF_TEN + BITS_OF_TEN_BYTES - 1) / BITS_OF_TEN_BYTES)];
        for (var password : passwords) {
            for (var position : CommonPasswords.positions(password, HASHES, bits.length * 8)) {
                bits[position / 8] |= (byte) (1 << position % 8);
            }
        }
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(HASHES);
            out.write(bits);
        }
    }
}
