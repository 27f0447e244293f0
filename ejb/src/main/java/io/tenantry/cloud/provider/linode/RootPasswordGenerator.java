package io.tenantry.cloud.provider.linode;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Generates root passwords that Linode accepts: four groups of six unambiguous characters, about 135 bits. */
final class RootPasswordGenerator {
    private static final String SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_SIGNS = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RootPasswordGenerator() {}

    static String random() {
        String password;
        do {
            password = IntStream.range(0, GROUPS).mapToObj(group -> group()).collect(Collectors.joining("-"));
        } while (!isMixed(password));
        return password;
    }

    private static String group() {
        return RANDOM.ints(GROUP_SIGNS, 0, SIGNS.length())
                .mapToObj(at -> SIGNS.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    /** Linode's rule for password strength is not documented; lower and upper case, digits and hyphens satisfy any rule. */
    private static boolean isMixed(String password) {
        return password.chars().anyMatch(Character::isUpperCase)
                && password.chars().anyMatch(Character::isLowerCase)
                && password.chars().anyMatch(Character::isDigit);
    }
}
