package io.tenantry.bank;

import io.tenantry.bank.statement.BankTransaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;

/**
 * What lines are known by when they come again: the bank's own reference with day and amount, as some banks use one again, or else all that the
 * line says; and a number among those that are alike within a file, because somebody may pay the same twice on a day.
 */
final class LineKeys {
    private LineKeys() {}

    record Keyed(String key, int position, BankTransaction line) {}

    /** In the order of keys, so that two who store the same lines wait for each other and never in a circle. */
    static List<Keyed> of(List<BankTransaction> lines) {
        var seen = new HashMap<String, Integer>();
        var keyed = new ArrayList<Keyed>();
        for (var place = 0; place < lines.size(); place++) {
            var line = lines.get(place);
            var digest = digest(line);
            var number = seen.merge(line.account() + " " + digest, 1, Integer::sum);
            keyed.add(new Keyed(digest + "#" + number, place + 1, line));
        }
        keyed.sort(Comparator.comparing((Keyed one) -> one.line().account()).thenComparing(Keyed::key));
        return keyed;
    }

    private static String digest(BankTransaction line) {
        var fixed = String.join(
                "\n",
                line.bankReference(),
                line.bookedOn().toString(),
                line.amount().stripTrailingZeros().toPlainString(),
                line.currency().getCurrencyCode());
        var rest = line.bankReference().isEmpty() ? String.join("\n", line.payer(), line.iban(), line.purpose()) : "";
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256").digest((fixed + "\n" + rest).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
