package dev.sardonyx.keras;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.AttributeNameForIndexedAttributesRecord;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks the groups of a file along hard links, each group once, and refuses all other links. */
final class Hdf5Walk {
  private static final int DEEPEST = 100;

  private final Hdf5Storage storage;
  private final Hdf5Heaps heaps;
  private final Source source;
  private final Set<Long> groups = new HashSet<>();

  /** A child of a group: what it is called and where its header lies. */
  private record Child(String name, long address) {}

  Hdf5Walk(Hdf5Storage storage, Hdf5Heaps heaps, Source source) {
    this.storage = storage;
    this.heaps = heaps;
    this.source = source;
  }

  Hdf5Node.Group root(long address) {
    if (node("", address, 0) instanceof Hdf5Node.Group root) {
      return root;
    }
    throw new HdfException("the root is no group");
  }

  private Hdf5Node node(String path, long address, int depth) {
    return Hdf5File.guarded(
        source,
        path,
        () -> {
          Hdf5Header header = Hdf5Header.read(storage, address, source, path);
          Map<String, Hdf5Attribute> attributes = attributes(header);
          return header.message(DataSpaceMessage.class) != null
              ? array(path, header, attributes)
              : group(path, address, header, attributes, depth);
        });
  }

  private Hdf5Node group(
      String path,
      long address,
      Hdf5Header header,
      Map<String, Hdf5Attribute> attributes,
      int depth) {
    if (!groups.add(address)) {
      throw Hdf5File.loops(source, path, "the group has another name already");
    }
    if (depth > DEEPEST) {
      throw Hdf5File.loops(source, path, "groups lie more than %s deep".formatted(DEEPEST));
    }
    Map<String, Hdf5Node> children = new LinkedHashMap<>();
    for (Child child : children(path, header)) {
      String below = path.isEmpty() ? child.name() : path + "/" + child.name();
      if (children.put(child.name(), node(below, child.address(), depth + 1)) != null) {
        throw Hdf5File.damaged(source, below, "two objects have this name");
      }
    }
    return new Hdf5Node.Group(path, attributes, children);
  }

  private List<Child> children(String path, Hdf5Header header) {
    SymbolTableMessage table = header.message(SymbolTableMessage.class);
    if (table != null) {
      return oldChildren(path, table);
    }
    LinkInfoMessage info = header.message(LinkInfoMessage.class);
    List<LinkMessage> links = new ArrayList<>(header.messages(LinkMessage.class));
    if (info != null && info.getBTreeNameIndexAddress() != Constants.UNDEFINED_ADDRESS) {
      FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
      BTreeV2<LinkNameForIndexedGroupRecord> names =
          new BTreeV2<>(storage, info.getBTreeNameIndexAddress());
      for (LinkNameForIndexedGroupRecord name : names.getRecords()) {
        links.add(LinkMessage.fromBuffer(heap.getId(name.getId()), storage.getSuperblock()));
      }
    }
    return links.stream().map(link -> child(path, link)).toList();
  }

  private Child child(String path, LinkMessage link) {
    return switch (link.getLinkType()) {
      case HARD -> new Child(link.getLinkName(), link.getHardLinkAddress());
      case SOFT -> throw linked(path, link.getLinkName(), "a soft link to " + link.getSoftLink());
      case EXTERNAL ->
          throw linked(
              path,
              link.getLinkName(),
              "an external link to %s in %s"
                  .formatted(link.getExternalPath(), link.getExternalFile()));
    };
  }

  private List<Child> oldChildren(String path, SymbolTableMessage table) {
    BTreeV1 tree = BTreeV1.createGroupBTree(storage, table.getBTreeAddress());
    ByteBuffer names = new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer();
    List<Child> children = new ArrayList<>();
    for (long address : tree.getChildAddresses()) {
      for (SymbolTableEntry entry :
          new GroupSymbolTableNode(storage, address).getSymbolTableEntries()) {
        String name = Utils.readUntilNull(names.position(entry.getLinkNameOffset()));
        if (entry.getCacheType() == 2) {
          throw linked(path, name, "a soft link");
        }
        children.add(new Child(name, entry.getObjectHeaderAddress()));
      }
    }
    return children;
  }

  private RuntimeException linked(String path, String name, String received) {
    return Hdf5File.elsewhere(
        source,
        path.isEmpty() ? name : path + "/" + name,
        "the name does not stand for data, but for a place elsewhere",
        received);
  }

  private Map<String, Hdf5Attribute> attributes(Hdf5Header header) {
    List<AttributeMessage> messages = new ArrayList<>(header.attributes());
    AttributeInfoMessage info = header.message(AttributeInfoMessage.class);
    if (info != null && info.getFractalHeapAddress() != Constants.UNDEFINED_ADDRESS) {
      FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
      BTreeV2<AttributeNameForIndexedAttributesRecord> names =
          new BTreeV2<>(storage, info.getAttributeNameBTreeAddress());
      for (AttributeNameForIndexedAttributesRecord name : names.getRecords()) {
        ByteBuffer bytes = heap.getId(name.getHeapId());
        messages.add(new AttributeMessage(bytes, storage, name.getFlags()));
      }
    }
    Map<String, Hdf5Attribute> attributes = new LinkedHashMap<>();
    messages.forEach(m -> attributes.put(m.getName(), new Hdf5Attribute(m, heaps)));
    return attributes;
  }

  private Hdf5Node.Array array(
      String path, Hdf5Header header, Map<String, Hdf5Attribute> attributes) {
    DataSpace space = header.required(DataSpaceMessage.class).getDataSpace();
    FilterPipelineMessage filters = header.message(FilterPipelineMessage.class);
    FillValueMessage fill = header.message(FillValueMessage.class);
    Hdf5Node.Array array =
        new Hdf5Node.Array(
            path,
            attributes,
            space.getDimensionsAsLong(),
            header.type(),
            header.required(DataLayoutMessage.class),
            filters == null ? List.of() : filters.getFilters(),
            fill != null && isNonZero(fill));
    new Hdf5Data(storage.bytes(), storage, source, array).requireStored();
    return array;
  }

  private static boolean isNonZero(FillValueMessage fill) {
    ByteBuffer value = fill.isFillValueDefined() ? fill.getFillValue() : null;
    for (int i = 0; value != null && i < value.limit(); i++) {
      if (value.get(i) != 0) {
        return true;
      }
    }
    return false;
  }
}
