package io.tenantry.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A set of networks, given as addresses and CIDR blocks of IPv4 and IPv6. Never queries a name server. */
public final class NetworkBlocks {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*+:[0-9A-Fa-f:.]*+");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    private final List<Block> blocks;

    private NetworkBlocks(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    private record Block(BigInteger bits, int size, int length) {
        boolean contains(InetAddress address) {
            var bytes = address.getAddress();
            return bytes.length * Byte.SIZE == size
                    && new BigInteger(1, bytes).shiftRight(size - length).equals(bits.shiftRight(size - length));
        }
    }

    /**
     * Parses blocks separated by commas or blanks, such as {@code 10.0.0.0/8, 192.0.2.7, 2001:db8::/32}.
     *
     * @return empty if a block cannot be parsed or has bits set beyond its prefix length
     */
    public static Optional<NetworkBlocks> parse(String text) {
        var blocks = new ArrayList<Block>();
        for (var part : SEPARATOR
                .splitAsStream(text.strip())
                .filter(part -> !part.isEmpty())
                .toList()) {
            var block = block(part);
            if (block.isEmpty()) {
                return Optional.empty();
            }
            blocks.add(block.get());
        }
        return Optional.of(new NetworkBlocks(blocks));
    }

    private static Optional<Block> block(String text) {
        var slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        var bytes = address.get().getAddress();
        var size = bytes.length * Byte.SIZE;
        var length = slash < 0 ? Integer.toString(size) : text.substring(slash + 1);
        if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > size) {
            return Optional.empty();
        }
        var block = new Block(new BigInteger(1, bytes), size, Integer.parseInt(length));
        var isWhole = block.bits().getLowestSetBit() < 0 || block.bits().getLowestSetBit() >= size - block.length();
        return isWhole ? Optional.of(block) : Optional.empty();
    }

    /** Parses a literal address without brackets or port; empty if the text is not one. */
    public static Optional<InetAddress> address(String text) {
        var isFour = IPV4.matcher(text).matches();
        if (!isFour && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        if (isFour && List.of(text.split("\\.")).stream().anyMatch(part -> Integer.parseInt(part) > 255)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    /** Whether the address is in one of the blocks. */
    public boolean contains(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    public boolean isEmpty() {
        return blocks.isEmpty();
    }
}
