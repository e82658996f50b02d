# The four extensions and the bridge for one PostgreSQL, from source:
#   make && sudo make install                PG_CONFIG=… for another than the PATH's
#   make BRIDGE=/path/to/daybreak-bridge     with a bridge that is built already: no .NET SDK is needed then
# ./daybreak and ./test do not use this file.

PG_CONFIG ?= pg_config
EXTENSIONS = aws_commons aws_lambda aws_s3 daybreak
RUNTIME = $(if $(filter aarch64,$(shell uname -m)),linux-arm64,linux-x64)
BRIDGE ?= artifacts/$(RUNTIME)/daybreak-bridge

all: $(EXTENSIONS:%=all-%) $(BRIDGE)

all-%:
	$(MAKE) -C extension/$* PG_CONFIG=$(PG_CONFIG)

PUBLISH = dotnet publish -c Release -r $(RUNTIME) -o $(@D) --artifacts-path $(CURDIR)/artifacts/obj -p:HidePaths=true -p:NuGetAudit=false \
  -p:GenerateDocumentationFile=false -p:RunAnalyzers=false

artifacts/$(RUNTIME)/daybreak-bridge: $(shell find src/Daybreak.Bridge src/Daybreak.Aws src/Daybreak.Explaining -name '*.cs')
	@command -v dotnet > /dev/null || { \
	  echo "The bridge is built with the .NET SDK 10, which is missing: https://dotnet.microsoft.com/download (or: make BRIDGE=PROGRAM)" >&2; \
	  exit 1; }
	$(PUBLISH) src/Daybreak.Bridge -p:CppCompilerAndLinker=$(CROSS)gcc $(if $(CROSS),-p:ObjCopyName=$(CROSS)objcopy)
	touch $@

# For eng/package: the command line and the local AWS, with their .NET.
artifacts/$(RUNTIME)/cli/daybreak: $(shell find src -name '*.cs')
	$(PUBLISH) src/Daybreak.Cli --self-contained -p:PublishReadyToRun=true
	touch $@

install: all
	for extension in $(EXTENSIONS); do $(MAKE) -C extension/$$extension PG_CONFIG=$(PG_CONFIG) install || exit 1; done
	install -D -m 755 $(BRIDGE) "$(DESTDIR)$$($(PG_CONFIG) --pkglibdir)/daybreak-bridge.new"
	mv -f "$(DESTDIR)$$($(PG_CONFIG) --pkglibdir)/daybreak-bridge.new" "$(DESTDIR)$$($(PG_CONFIG) --pkglibdir)/daybreak-bridge"

uninstall:
	for extension in $(EXTENSIONS); do $(MAKE) -C extension/$$extension PG_CONFIG=$(PG_CONFIG) uninstall || exit 1; done
	rm -f "$(DESTDIR)$$($(PG_CONFIG) --pkglibdir)/daybreak-bridge"

clean:
	for extension in $(EXTENSIONS); do $(MAKE) -C extension/$$extension PG_CONFIG=$(PG_CONFIG) clean || exit 1; done
	rm -rf artifacts/linux-*

.PHONY: all install uninstall clean
