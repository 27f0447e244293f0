package io.tenantry.admin.platform;

import io.tenantry.kernel.audit.AuditTrail.Head;
import io.tenantry.kernel.secret.Signature;
import io.tenantry.kernel.secret.Vault;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The heads of all audit trails at a moment, as a signed text: a line for each schema with the number and hash of its last record. Stored where
 * the database's owner has no access, it shows that a trail was cut or rewritten.
 *
 * @param at when the trails ended there
 * @param node the node that read them
 * @param bySchema the heads
 */
public record AuditHeads(Instant at, String node, SortedMap<String, Head> bySchema) {
    private static final String FIRST = "tenantry-audit-heads 1";
    private static final String PURPOSE = "audit heads";
    private static final String UNSIGNED = "unsigned";
    private static final Pattern HEAD = Pattern.compile("([a-z0-9_]{1,63}) ([0-9]{1,18}) ([0-9a-f]{64})");
    private static final Pattern SIGNED = Pattern.compile("signed ([A-Za-z0-9_-]{1,40}) ([0-9a-f]{64})");

    /** Sorted, and copied. */
    public AuditHeads {
        bySchema = Collections.unmodifiableSortedMap(new TreeMap<>(bySchema));
    }

    /** Creates an instance from heads in any order. */
    public AuditHeads(Instant at, String node, Map<String, Head> bySchema) {
        this(at, node, new TreeMap<>(bySchema));
    }

    /**
     * A text that was read.
     *
     * @param isSigned whether by one of our keys; if not, there was no key
     */
    public record ParsedHeads(AuditHeads heads, boolean isSigned) {}

    /** Returns the text, signed if there is a key. */
    public String text(Vault vault) {
        var body = new StringBuilder(FIRST)
                .append("\nat ")
                .append(at)
                .append("\nnode ")
                .append(node)
                .append('\n');
        bySchema.forEach((schema, head) -> body.append(schema)
                .append(' ')
                .append(head.seq())
                .append(' ')
                .append(head.hash())
                .append('\n'));
        var signature = vault.sign(PURPOSE, body.toString());
        return body
                + signature.map(by -> "signed " + by.keyId() + " " + by.hex()).orElse(UNSIGNED)
                + "\n";
    }

    /**
     * Parses such a text.
     *
     * @throws IllegalArgumentException if it is malformed, was changed, or was signed by a missing key
     */
    public static ParsedHeads read(String text, Vault vault) {
        var lines = text.lines().toList();
        var end = lines.size() - 1;
        if (end < 3
                || !lines.get(0).equals(FIRST)
                || !lines.get(1).startsWith("at ")
                || !lines.get(2).startsWith("node ")) {
            throw new IllegalArgumentException("not a list of audit heads");
        }
        var body = String.join("\n", lines.subList(0, end)) + "\n";
        var heads = new TreeMap<String, Head>();
        for (var line : lines.subList(3, end)) {
            var head = HEAD.matcher(line);
            if (!head.matches()) {
                throw new IllegalArgumentException("line " + (lines.indexOf(line) + 1) + " is not the head of a trail");
            }
            heads.put(head.group(1), new Head(Long.parseLong(head.group(2)), head.group(3)));
        }
        var isSigned = isSigned(body, lines.get(end), vault);
        try {
            var at = Instant.parse(lines.get(1).substring("at ".length()));
            return new ParsedHeads(new AuditHeads(at, lines.get(2).substring("node ".length()), heads), isSigned);
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("line 2 has no time", noTime);
        }
    }

    private static boolean isSigned(String body, String line, Vault vault) {
        if (line.equals(UNSIGNED)) {
            return false;
        }
        var signed = SIGNED.matcher(line);
        if (!signed.matches()) {
            throw new IllegalArgumentException("the last line is not a signature");
        }
        var signature = new Signature(signed.group(1), HexFormat.of().parseHex(signed.group(2)));
        if (!vault.has(signature.keyId())) {
            throw new IllegalArgumentException("signed by key " + signature.keyId() + ", which is unknown");
        }
        if (!vault.isSigned(signature, PURPOSE, body)) {
            throw new IllegalArgumentException("the signature does not match");
        }
        return true;
    }
}
