@echo off
rem Runs mfg.eval.Main of a distribution on Windows. The launcher for Linux and macOS is the file mfg; it says what the variables are.
setlocal
set "ROOT=%~dp0"
if not exist "%ROOT%lib\" (
    echo mfg: %ROOT%lib is missing; unpack a distribution, or build one: mvn -B -Pdistribution package 1>&2
    exit /b 2
)
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Dai.djl.offline=true ^
    -Dorg.slf4j.simpleLogger.log.ai.djl=warn -Dorg.slf4j.simpleLogger.showThreadName=false ^
    -Dorg.slf4j.simpleLogger.showLogName=false --enable-native-access=ALL-UNNAMED ^
    -XX:+UseSerialGC -Xmn16m -Xms32m -XX:ObjectAlignmentInBytes=64 --add-modules jdk.incubator.vector --add-opens java.base/java.io=ALL-UNNAMED ^
    --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/java.lang.invoke=ALL-UNNAMED ^
    --add-opens java.base/java.lang.reflect=ALL-UNNAMED --add-opens java.base/java.net=ALL-UNNAMED ^
    --add-opens java.base/java.nio=ALL-UNNAMED --add-opens java.base/java.util=ALL-UNNAMED ^
    --add-opens java.base/java.util.concurrent=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED ^
    %MFG_JAVA_OPTS% -cp "%ROOT%lib\*;%ROOT%spark\*" mfg.eval.Main %*
exit /b %ERRORLEVEL%
