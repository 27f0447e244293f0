package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Parses a drawing's file into elements. The XML parser sees no document type: entities that stand for plain text, as Illustrator writes them
 * for namespaces, are replaced before, once and within bounds; any other declaration is refused. Private data of programs (elements and
 * attributes of other namespaces, comments, titles) is skipped, since it is not drawn.
 */
final class SvgReader {
    static final int CHARS_MAX = 4 * 1_048_576;
    private static final int ELEMENTS_MAX = 5_000;
    private static final int DEPTH_MAX = 40;
    private static final int ATTRIBUTES_MAX = 100;
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final String XML = "http://www.w3.org/XML/1998/namespace";
    private static final String XHTML = "http://www.w3.org/1999/xhtml";
    private static final Set<String> CHARSETS = Set.of(
            "utf-8",
            "utf8",
            "us-ascii",
            "ascii",
            "iso-8859-1",
            "latin1",
            "iso-8859-15",
            "windows-1252",
            "utf-16",
            "utf-16le",
            "utf-16be");

    private static final Pattern ENCODING =
            Pattern.compile("\\A<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    /** A bracket, possibly after a byte order mark and white space, in characters of one byte or two. */
    private static final Pattern MARKUP =
            Pattern.compile("(\\x{ef}\\x{bb}\\x{bf}|\\x{ff}\\x{fe}|\\x{fe}\\x{ff})?[\\s\\x{0}]*<");

    /** Elements of XHTML that apply style sheets or run scripts anywhere in a file, or change what its references mean. */
    private static final Set<String> XHTML_STYLES = Set.of("style", "link");

    private static final Set<String> XHTML_ACTIVE = Set.of("script", "base", "meta");

    private @Nullable SvgElement root;
    private @Nullable SvgElement open;
    private int elements;
    private int depth;

    private SvgReader() {}

    /**
     * Returns the outermost element of a file.
     *
     * @throws UnsupportedSvg if it is not a drawing, or exceeds the bounds
     */
    static SvgElement read(byte[] upload) {
        return new SvgReader().parsed(SvgEntities.withoutDocumentType(decoded(unzipped(upload))));
    }

    /** Whether a file begins as XML in any encoding, or as compressed data. */
    static boolean isMarkup(byte[] upload) {
        return isZipped(upload) || beginsAsMarkup(upload);
    }

    private static boolean beginsAsMarkup(byte[] content) {
        var head = new String(content, 0, Math.min(content.length, 64), StandardCharsets.ISO_8859_1);
        return MARKUP.matcher(head).lookingAt();
    }

    private static boolean isZipped(byte[] upload) {
        return upload.length > 2 && (upload[0] & 0xff) == 0x1f && (upload[1] & 0xff) == 0x8b;
    }

    private static byte[] unzipped(byte[] upload) {
        if (!isZipped(upload)) {
            return upload;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(upload))) {
            var content = in.readNBytes(CHARS_MAX + 1);
            if (content.length > CHARS_MAX) {
                throw new UnsupportedSvg(Reason.TOO_LARGE);
            }
            if (!beginsAsMarkup(content)) {
                throw new UnsupportedSvg(Reason.NOT_AN_IMAGE);
            }
            return content;
        } catch (IOException damaged) {
            throw new UnsupportedSvg(Reason.NOT_AN_IMAGE);
        }
    }

    private static String decoded(byte[] content) {
        var charset = charset(content);
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            var begin = text.startsWith("\uFEFF") ? 1 : 0;
            return text.substring(begin).stripLeading();
        } catch (CharacterCodingException malformed) {
            throw new UnsupportedSvg(Reason.ENCODING, charset.name());
        }
    }

    /** Detects the encoding by the byte order mark, by zeros around the first bracket, or by the declaration. */
    private static Charset charset(byte[] content) {
        if (content.length > 1) {
            int first = content[0] & 0xff;
            int second = content[1] & 0xff;
            if ((first == 0xff && second == 0xfe) || (first == '<' && second == 0)) {
                return StandardCharsets.UTF_16LE;
            }
            if ((first == 0xfe && second == 0xff) || (first == 0 && second == '<')) {
                return StandardCharsets.UTF_16BE;
            }
            if (first == 0xef && second == 0xbb) {
                return StandardCharsets.UTF_8;
            }
        }
        var head = new String(content, 0, Math.min(content.length, 200), StandardCharsets.ISO_8859_1);
        var declared = ENCODING.matcher(head.stripLeading());
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        var name = declared.group(1);
        if (!CHARSETS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new UnsupportedSvg(Reason.ENCODING, name);
        }
        // A single-byte file that declares UTF-16 was re-encoded by a program that left the declaration unchanged.
        return name.toLowerCase(Locale.ROOT).startsWith("utf-16") ? StandardCharsets.UTF_8 : Charset.forName(name);
    }

    private SvgElement parsed(String text) {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            var reader = factory.createXMLStreamReader(new StringReader(text));
            try {
                while (reader.hasNext()) {
                    take(reader, reader.next());
                }
            } finally {
                reader.close();
            }
        } catch (XMLStreamException malformed) {
            throw new UnsupportedSvg(SvgEntities.isReferring(text) ? Reason.ENTITIES : Reason.NOT_AN_IMAGE);
        }
        if (root == null) {
            throw new UnsupportedSvg(Reason.NOT_AN_IMAGE);
        }
        return root;
    }

    private void take(XMLStreamReader reader, int event) throws XMLStreamException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> begin(reader);
            case XMLStreamConstants.END_ELEMENT -> {
                depth--;
                open = open == null ? null : open.parent;
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                if (open != null && open.name.equals("style")) {
                    open.text.append(reader.getText());
                }
            }
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> requireNoStyle(reader);
            case XMLStreamConstants.ENTITY_REFERENCE -> throw new UnsupportedSvg(Reason.ENTITIES);
            default -> {
                // Comments draw nothing.
            }
        }
    }

    private void begin(XMLStreamReader reader) throws XMLStreamException {
        var name = reader.getLocalName();
        var space = reader.getNamespaceURI();
        if (root == null && !(SVG.equals(space) && name.equals("svg"))) {
            throw new UnsupportedSvg(Reason.NOT_AN_IMAGE);
        }
        var isDrawn = SVG.equals(space) && !SvgRules.UNDRAWN.contains(name);
        var element = new SvgElement(name, open);
        if (isDrawn) {
            requireFewAttributes(reader);
            attributes(reader, element);
            SvgChoice.requireUnconditional(element);
        }
        if (!SvgChoice.isConditional(element)) {
            requireInactive(reader);
        }
        if (XHTML.equals(space)) {
            throw new UnsupportedSvg(Reason.ELEMENT, name);
        }
        if (!isDrawn) {
            skip(reader);
            return;
        }
        elements++;
        depth++;
        if (elements > ELEMENTS_MAX || depth > DEPTH_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX);
        }
        if (open == null) {
            root = element;
        } else {
            open.children.add(element);
        }
        open = element;
    }

    private static void requireFewAttributes(XMLStreamReader reader) {
        if (reader.getAttributeCount() > ATTRIBUTES_MAX) {
            throw new UnsupportedSvg(Reason.TOO_COMPLEX);
        }
    }

    private static void attributes(XMLStreamReader reader, SvgElement element) {
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            var name = reader.getAttributeLocalName(i);
            var space = reader.getAttributeNamespace(i);
            var value = reader.getAttributeValue(i);
            if (space == null || space.isEmpty()) {
                element.attributes.put(name, value);
            } else if (XLINK.equals(space) && name.equals("href")) {
                element.attributes.putIfAbsent("href", value);
            } else if (XML.equals(space) && name.equals("base")) {
                throw new UnsupportedSvg(Reason.ATTRIBUTE, "xml:base");
            }
        }
    }

    private static void requireNoStyle(XMLStreamReader instruction) {
        if (instruction.getPITarget().equals("xml-stylesheet")) {
            throw new UnsupportedSvg(Reason.STYLE_SHEET, "<?xml-stylesheet?>");
        }
    }

    /** Style sheets of XHTML, scripts and animations take effect wherever they occur, even among metadata. */
    private static void requireInactive(XMLStreamReader reader) {
        var space = reader.getNamespaceURI();
        var name = reader.getLocalName();
        if (XHTML.equals(space) && XHTML_STYLES.contains(name)) {
            throw new UnsupportedSvg(Reason.STYLE_SHEET, name);
        }
        if ((XHTML.equals(space) && XHTML_ACTIVE.contains(name)) || (SVG.equals(space) && SvgRules.isActive(name))) {
            throw new UnsupportedSvg(Reason.ACTIVE, name);
        }
    }

    /** Skips an element that is not drawn. */
    private static void skip(XMLStreamReader reader) throws XMLStreamException {
        for (var left = 1; left > 0; ) {
            var event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                requireInactive(reader);
                if (SVG.equals(reader.getNamespaceURI())
                        && reader.getLocalName().equals("style")) {
                    throw new UnsupportedSvg(Reason.STYLE_SHEET, "style");
                }
                left++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                left--;
            } else if (event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
                requireNoStyle(reader);
            }
        }
    }
}
